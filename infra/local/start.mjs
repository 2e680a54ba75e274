// `npm start`: from a fresh clone to a running platform. Each step says what it does and what to do if it cannot.
import { resolve } from 'node:path';
import { build, install, root } from './bootstrap.mjs';
import { requireFreePort, requireNode } from './preflight.mjs';
import { onStop } from './stopping.mjs';
import { createTerminal, explain } from './terminal.mjs';

const began = Date.now();
const terminal = createTerminal();
// A closed terminal must not turn the orderly stop into a crash.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

try {
  requireNode();
  const port = Number(process.env.PORT || 3000);
  // A wrong number is the settings' business, which say so with an example once they can be read.
  if (Number.isInteger(port) && port > 0 && port < 65536) {
    const home = resolve(root, process.env.PATCHBAY_HOME || '.patchbay');
    await requireFreePort(process.env.HOST || '127.0.0.1', port, home);
  }
  await install(terminal);
  await build(terminal, ['./apps/*', '@patchbay/local']);
  const { start } = await import('./dist/index.js');
  process.exit(await start({ env: process.env, began, terminal, onStop }));
} catch (error) {
  explain(error);
  process.exit(1);
}
