import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runWorkbench, TestSession } from './running-workbench.js';

/* The code of a cell can write where the agent writes: what comes out of a sandbox is an enemy's as well. */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let neighbour: TestSession;
let session: TestSession;
beforeAll(async () => {
  workbench = await runWorkbench({ PATCHBAY_WORKBENCH_DISK_MB: '32' });
  await workbench.start();
  neighbour = workbench.open();
  await neighbour.value('mine = 7');
}, 60_000);
afterAll(() => workbench?.stop());

beforeEach(() => {
  session = workbench.open();
});

describe('a kernel that lies', () => {
  const LIE = (text: string) =>
    `import os, glob\nagent = os.getppid()\nfor fd in glob.glob(f"/proc/{agent}/fd/*"):\n  try:\n    if os.readlink(fd).startswith(("socket", "pipe")):\n      with open(fd, "wb", buffering=0) as line: line.write(${text})\n  except OSError: pass\n`;

  it.each([
    ['with words that are none', String.raw`b"garbage\n"`],
    ['with answers to what nobody asked', String.raw`b'{"id":999,"ok":{}}\n'`],
    ['with a line without end', String.raw`b"x" * (9 * 2 ** 20)`],
    ['with an answer of another form', String.raw`b'{"id":1,"ok":{"stdout":1}}\n'`],
  ])('%s loses its sandbox at the most, and hurts nobody else', async (_, text) => {
    await session.run(LIE(text)).catch(() => undefined);
    expect(await session.value('5')).toBe('5');
    expect(await neighbour.value('mine')).toBe('7');
  });

  it('does so by sockets of its own as well: helper calls are parsed before they are believed', async () => {
    const flood =
      'import socket\nfrom doors import ADDRESS\nopen_ones = []\nfor i in range(200):\n  s = socket.socket(socket.AF_UNIX); s.settimeout(1)\n  try:\n    s.connect(ADDRESS); s.sendall(b"[1,2\\n"); open_ones.append(s)\n  except OSError: break\nlen(open_ones) > 0';
    expect(await session.value(flood)).toBe('True');
    expect(await session.value('run_composio_tool("A_TOOL", {}, print_schema_for_tool=False)[1]')).toBe("''");
  });
});
