import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../preflight.mjs';
import { pythonEnvironment } from './python.js';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wheels = join(folder, 'wheels');
/** An index of our own wheels alone: nothing is fetched. */
const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels };

/** pip is slow to begin, on a machine with other work all the more. */
const LIMIT_MS = 120_000;

/** A package of one module that says its version; gives the line of a lock for it. */
function publish(version: string): string {
  const wheel = join(wheels, `said-${version}-py3-none-any.whl`);
  const files = {
    'said.py': `print('said ${version}')\n`,
    [`said-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: said\nVersion: ${version}\n`,
    [`said-${version}.dist-info/WHEEL`]:
      'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`said-${version}.dist-info/RECORD`]: '',
  };
  const zip =
    'import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for name, text in json.loads(sys.argv[2]).items(): z.writestr(name, text)';
  execFileSync('python3', ['-c', zip, wheel, JSON.stringify(files)]);
  return `said==${version} --hash=sha256:${createHash('sha256').update(readFileSync(wheel)).digest('hex')}\n`;
}

/** A folder of a lock, and a cache of its own. */
function place(lock: string) {
  const home = mkdtempSync(join(folder, 'place-'));
  const cache = join(home, 'cache');
  mkdirSync(cache);
  writeFileSync(join(home, 'requirements.txt'), lock);
  return { home, cache };
}

const says = (python: string) => execFileSync(python, ['-m', 'said']).toString().trim();

async function isMakable(): Promise<boolean> {
  try {
    const { home, cache } = place('');
    await pythonEnvironment(home, { cache, env });
    return true;
  } catch (error) {
    if (error instanceof Refusal && !process.env['CI']) return false;
    throw error;
  }
}

((await isMakable()) ? describe : describe.skip)('a Python environment', () => {
  let first: string;
  let second: string;
  beforeAll(() => {
    mkdirSync(wheels);
    first = publish('1.0');
    second = publish('2.0');
  });

  it(
    'is made once, also by two at once, and anew when its lock changes',
    async () => {
      const { home, cache } = place(first);
      const [made, other] = await Promise.all([
        pythonEnvironment(home, { cache, env }),
        pythonEnvironment(home, { cache, env }),
      ]);
      expect(says(made)).toBe('said 1.0');
      expect(other).toBe(made);
      // Nothing to install from: what is there is used.
      expect(await pythonEnvironment(home, { cache, env: { ...env, PIP_FIND_LINKS: '' } })).toBe(made);
      writeFileSync(join(home, 'requirements.txt'), second);
      const anew = await pythonEnvironment(home, { cache, env });
      expect(anew).not.toBe(made);
      expect(says(anew)).toBe('said 2.0');
    },
    LIMIT_MS,
  );

  it(
    'is not there when its making failed, nor what a killed making left',
    async () => {
      const { home, cache } = place(first);
      await expect(
        pythonEnvironment(home, { cache, env: { ...env, PIP_FIND_LINKS: '' } }),
      ).rejects.toMatchObject({
        name: 'Refusal',
        suggestion: expect.stringContaining('package index'),
      });
      expect(readdirSync(cache)).toEqual([]);
      const made = await pythonEnvironment(home, { cache, env });
      const [name = ''] = readdirSync(cache);
      rmSync(join(cache, name), { recursive: true });
      // No process has this id.
      mkdirSync(join(cache, `${name}.4194305.abc`, 'bin'), { recursive: true });
      expect(await pythonEnvironment(home, { cache, env })).toBe(made);
      expect(readdirSync(cache)).toEqual([name]);
    },
    LIMIT_MS,
  );

  it(
    'takes no package but the one that the lock means: that is no reason to skip a test',
    async () => {
      const { home, cache } = place(
        first.replace(/sha256:./, (text) => `sha256:${text.endsWith('0') ? 1 : 0}`),
      );
      const making = pythonEnvironment(home, { cache, env });
      await expect(making).rejects.toThrow(/hash/i);
      await expect(making).rejects.not.toMatchObject({ name: 'Refusal' });
    },
    LIMIT_MS,
  );

  it('says what to install where there is no Python', async () => {
    const { home, cache } = place(first);
    await expect(pythonEnvironment(home, { cache, env: { ...env, PATH: '' } })).rejects.toMatchObject({
      name: 'Refusal',
      suggestion: expect.stringContaining('python3-venv'),
    });
  });
});
