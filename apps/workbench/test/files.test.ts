import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runWorkbench, type TestSession } from './running-workbench.js';

/* Files, outputs and variables that are made to harm the service that reads them out of a sandbox. */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let neighbour: TestSession;
let session: TestSession;
beforeAll(async () => {
  workbench = await runWorkbench({ PATCHBAY_WORKBENCH_DISK_MB: '32', PATCHBAY_WORKBENCH_WARM: '2' });
  await workbench.start();
  neighbour = workbench.open();
  await neighbour.value('mine = 7');
}, 60_000);
afterAll(() => workbench?.stop());

beforeEach(() => {
  session = workbench.open();
});

const kept = () =>
  join(workbench.folder, 'kept/projects', session.projectId, 'sessions', session.id, 'files');
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);

/** Runs the attack, while a neighbour runs as well. @returns what the session is told */
async function noticeOf(code: string): Promise<string | null> {
  const attack = session.run(code);
  expect(await neighbour.value('mine')).toBe('7');
  const { error, notice } = await attack;
  expect(error).toBeNull();
  return notice;
}

describe('files of a mount', () => {
  it('with holes are kept up to the size of the disk that they pretend to fit on', async () => {
    const notice = await noticeOf('for n in range(8): open(f"/mnt/files/{n}", "wb").truncate(30 * 2**20)');
    expect(notice).toMatch(/Not kept: .*more than 33554432 bytes.* and 2 more\./);
    expect(sizeOf(kept())).toBeLessThanOrEqual(32 * 2 ** 20);
  });

  it('in folders without a bottom, and with impossible names, leave the others as they are', async () => {
    const notice = await noticeOf(
      [
        'import os',
        'open("/mnt/files/good.txt", "w").write("good")',
        String.raw`for n in range(100): open("/mnt/files/bad\n%d" % n, "w").close()`,
        String.raw`open(b"/mnt/files/\xff\xfe", "w").close()`,
        'os.chdir("/mnt/files")',
        'for n in range(1500): os.mkdir("d"); os.chdir("d")',
        'os.chdir("/home/user")',
        'os.utime("/mnt/files/good.txt", (2**40, 2**40))',
        'os.mkfifo("/mnt/files/pipe"); os.symlink("/", "/mnt/files/root"); os.symlink("loop", "/mnt/files/loop")',
      ].join('\n'),
    );
    expect(notice).toMatch(/name or size is not possible.* and 96 more\./);
    expect(notice?.length).toBeLessThan(2_000);
    expect(readFileSync(join(kept(), 'good.txt'), 'utf8')).toBe('good');
    expect(readdirSync(kept()).filter((name) => name.startsWith('bad') || name === 'root')).toEqual([]);
  });

  it('that come from outside replace what was put in their way', async () => {
    await session.value(
      'open("/mnt/files/a.txt", "w").write("old"); open("/mnt/files/b.txt", "w").write("old")',
    );
    await session.value(
      'import os\nos.remove("/mnt/files/a.txt"); os.mkfifo("/mnt/files/a.txt")\nos.remove("/mnt/files/b.txt"); os.symlink("/dev/full", "/mnt/files/b.txt")',
    );
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(kept(), name), 'new');
    expect(await session.value('[open(f"/mnt/files/{n}.txt").read() for n in "ab"]')).toBe("['new', 'new']");
  });
});

describe('what a run says', () => {
  it.each([
    [
      'bytes that are no text, without a line',
      String.raw`import os\nfor _ in range(50): os.write(1, b"\xff" * 2**16)`,
    ],
    ['an error of ten million characters', 'raise Exception("x" * 10**7)'],
    ['a value without a bottom', 'x = []\nfor _ in range(10**5): x = [x]\nx'],
    ['variables without number', 'globals().update({f"v{n}": n for n in range(20000)})'],
    ['names without end', 'globals()["n" * 10**6] = __import__("threading").Lock()'],
    ['more pictures than there are', 'globals()["__pictures__"] = 1'],
  ])('as %s is cut, and the sandbox goes on', async (_, code) => {
    await session.value('before = 1');
    const attack = session.run(
      code.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\x`, String.raw`\x`),
    );
    expect(await neighbour.value('mine')).toBe('7');
    const { stdout, error, result } = await attack;
    expect(stdout.text.length + (error ?? '').length + result.length).toBeLessThan(150_000);
    expect(await session.value('before')).toBe('1');
  });
});

describe('a home that is suspended', () => {
  it('comes back with folders as deep as they may be, and without files that only pretend to fit', async () => {
    const deep = workbench.open();
    const bomb = workbench.open();
    await deep.value(
      'import os\nfor n in range(800): os.mkdir("d"); os.chdir("d")\nos.chdir("/home/user")\nx = 5',
    );
    await bomb.value('for n in range(8): open(f"/home/user/{n}", "wb").truncate(30 * 2**20)\nx = 5');
    const [first] = workbench.replicas();
    await first?.stop();
    await workbench.start();
    expect(await deep.value('import glob; x, len(glob.glob("d/d/d"))')).toBe('(5, 1)');
    const { result, notice } = await bomb.run('"x" in globals()');
    expect(result).toBe('False');
    expect(notice).toContain('variables are gone');
  });
});
