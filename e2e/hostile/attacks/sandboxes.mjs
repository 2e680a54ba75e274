import { summary } from '../client.mjs';
import { flood } from './flood.mjs';

/** @typedef {import('../arena.mjs').Arena} Arena */

/** Runs code in the sandboxes of so many sessions at once. @param {string} code */
const python = (code, sessions = 2) => run('COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code }, sessions);
/** @param {string} command */
const bash = (command, sessions = 2) => run('COMPOSIO_REMOTE_BASH_TOOL', { command }, sessions);

/** @param {string} tool @param {Record<string, unknown>} given @param {number} sessions */
const run =
  (tool, given, sessions) =>
  async (/** @type {Arena} */ { attacker }) =>
    summary(
      await flood(sessions, sessions, async (index) => {
        const session = await attacker.session(`mallory-${index}`, ['github']);
        return attacker.execute(session, tool, given);
      }),
    );

/** @type {import('./index.mjs').Attack[]} */
export const sandboxes = [
  { name: 'sandbox: a fork bomb', run: bash(':(){ :|:& };: ; sleep 5') },
  { name: 'sandbox: 200 MB of output', isLong: true, run: bash('head -c 200000000 /dev/zero | tr "\\0" x') },
  {
    name: 'sandbox: 8 GB of memory',
    isLong: true,
    run: python('held = [bytearray(64 * 1024 * 1024) for _ in range(128)]'),
  },
  {
    name: 'sandbox: 8 GB of memory, held by children of threads',
    isLong: true,
    run: python(
      `import subprocess, threading
def hold():
    subprocess.run(["python3", "-c", "import time; held = bytearray(1000 * 1024 * 1024); time.sleep(20)"])
threads = [threading.Thread(target=hold) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]`,
      1,
    ),
  },
  {
    name: 'sandbox: a disk full of files',
    isLong: true,
    run: bash('for i in $(seq 1 200); do head -c 50000000 /dev/zero > f$i || break; done; du -sm . '),
  },
  {
    name: 'sandbox: an answer of lists in each other',
    isLong: true,
    run: python('x = []\nfor _ in range(100000):\n    x = [x]\nx'),
  },
  { name: 'sandbox: 30 sandboxes at once', isLong: true, run: python('1 + 1', 30) },
];
