import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

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
  });
}, 60_000);
