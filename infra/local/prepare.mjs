// The first half of `npm start` and `npm test`: installs what the lock file says, and prints the Node to go on with.
// Steps and errors go to stderr, because the shell reads what stands on stdout.
import { resolve } from 'node:path';
import { install, root } from './bootstrap.mjs';
import { nodeBinary } from './node.mjs';
import { requireFreePort, requireNode } from './preflight.mjs';
import { createTerminal, explain } from './terminal.mjs';

process.stderr.on('error', () => {});

try {
  requireNode();
  if (process.env.npm_lifecycle_event === 'start') await requirePort();
  await install(createTerminal(process.stderr));
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
