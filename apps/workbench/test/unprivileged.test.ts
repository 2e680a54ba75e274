import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const HELD = expect.stringMatching(/held \d+ MB of memory, files included, and may hold 200 MB/);

/** Not root, and no control groups that it may make: limits are those of each process, and of their sum by our own look. */
it('a service that is not root makes sandboxes too, and none of them harms another', async () => {
  const script = fileURLToPath(new URL('unprivileged.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(JSON.parse(stdout)).toMatchObject({
    uid: expect.not.closeTo(0),
    status: null,
    cell: '42',
    processes: 'True',
    neighbour: String.raw`b'well\n'`,
    memory: expect.stringContaining('The sandbox was lost'),
    after: '2',
    // However it is held, what a sandbox holds as a whole is seen; what a fork shares with its parent is seen once.
    threads: HELD,
    daemons: HELD,
    shared: HELD,
    files: HELD,
    forks: '[0, 0, 0, 0, 0]',
    meanwhile: ['4'],
  });
}, 60_000);
