// The first half of `npm start` and `npm test`: installs what they need, and prints the Node to go on with.
// Steps and errors go to stderr, because the shell reads what stands on stdout.
import { resolve } from 'node:path';
import { install } from './install.mjs';
import { nodeBinary } from './node.mjs';
import { requireFreePort, requireNode } from './preflight.mjs';
import { root } from './run.mjs';
import { createTerminal, explain } from './terminal.mjs';

process.stderr.on('error', () => {});

/** They run on what is built, without what only tests and contributors need. */
const OPERATING = new Set(['start', 'backup', 'restore']);

try {
  requireNode();
  const script = process.env.npm_lifecycle_event;
  if (script === 'start') await requirePort();
  await install(createTerminal(process.stderr), { folder: root, dev: !OPERATING.has(script) });
  process.stdout.write(nodeBinary());
} catch (error) {
  explain(error);
  process.exit(1);
}

/** Before anything slow. A wrong number is the settings' business, which say so with an example once they can be read. */
async function requirePort() {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port <= 0 || port >= 65536) return;
  const home = resolve(root, process.env.PATCHBAY_HOME || '.patchbay');
  await requireFreePort(process.env.HOST || '127.0.0.1', port, home);
}
