// `npm run dev`, once `prepare.mjs` is done: the platform as `npm start` runs it, which follows what is saved.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installHooks } from './hooks.mjs';
import { root } from './run.mjs';
import { onStop } from './stopping.mjs';
import { createTerminal, explain } from './terminal.mjs';

const began = Date.now();
const terminal = createTerminal();
// A closed terminal must not turn the orderly stop into a crash.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

try {
  const installed = installHooks();
  if (installed) terminal.write(`${installed}\n`);
  await build(terminal);
  const { develop } = await import(join(root, 'infra/local/dist/dev/dev.js'));
  const colour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
  process.exit(await develop({ env: process.env, began, terminal, onStop, colour }));
} catch (error) {
  explain(error);
  process.exit(1);
}
