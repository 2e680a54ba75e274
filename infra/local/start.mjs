// `npm start`, once `prepare.mjs` is done: to a running platform. Each step says what it does and what to do if it cannot.
import { build } from './build.mjs';
import { onStop } from './stopping.mjs';
import { createTerminal, explain } from './terminal.mjs';

const began = Date.now();
const terminal = createTerminal();
// A closed terminal must not turn the orderly stop into a crash.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

try {
  await build(terminal);
  const { start } = await import('./dist/index.js');
  process.exit(await start({ env: process.env, began, terminal, onStop }));
} catch (error) {
  explain(error);
  process.exit(1);
}
