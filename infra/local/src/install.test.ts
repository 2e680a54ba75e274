import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { install, installDifference } from '../install.mjs';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-install-'));
const write = (name: string, content: object) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
};
const isInstalled = (name: string) => existsSync(join(folder, 'node_modules', name, 'package.json'));

function npm(...args: string[]): void {
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Installs with the npm of this machine, and gives what the step said. */
async function installFor(dev: boolean): Promise<string[]> {
  const titles: string[] = [];
  const step = async (title: string, work: () => Promise<void>) => {
    titles.push(title);
    await work();
  };
  await install({ step }, { folder, dev });
  return titles;
}

beforeAll(() => {
  write('package.json', {
    name: 'clone',
    workspaces: ['app'],
    dependencies: { runs: 'file:./runs-1.0.0.tgz' },
    devDependencies: { tests: 'file:./tests-1.0.0.tgz' },
  });
  write('app/package.json', { name: 'app', version: '1.0.0', dependencies: {} });
  for (const name of ['runs', 'tests']) {
    write(`packages/${name}/package.json`, { name, version: '1.0.0' });
    npm('pack', `./packages/${name}`);
  }
  npm('install', '--package-lock-only', '--offline', '--no-audit');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(join(folder, 'node_modules'), { recursive: true, force: true }));

describe('what is installed', () => {
  it('is what the platform needs to run, and the rest when there is something to test', async () => {
    expect(await installFor(false)).toEqual(['Installing dependencies (first start)']);
    expect([isInstalled('runs'), isInstalled('app'), isInstalled('tests')]).toEqual([true, true, false]);
    expect(await installFor(false)).toEqual([]);
    expect(await installFor(true)).toEqual(['Installing dependencies (what tests and checks need)']);
    expect([isInstalled('runs'), isInstalled('app'), isInstalled('tests')]).toEqual([true, true, true]);
    expect(await installFor(false)).toEqual([]);
  });

  it('is completed after it was cut short', async () => {
    await installFor(true);
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    rmSync(join(folder, 'node_modules/runs'), { recursive: true });
    await installFor(false);
    expect(isInstalled('runs')).toBe(true);
  });

  it('stays whole in the clone of a contributor when the lock file changes', async () => {
    await installFor(true);
    const file = join(folder, 'node_modules/.package-lock.json');
    const installed = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, object> };
    installed.packages['node_modules/runs'] = { version: '0.9.0' };
    writeFileSync(file, JSON.stringify(installed));
    expect(await installFor(false)).toEqual(['Installing dependencies (package-lock.json changed)']);
    expect(isInstalled('tests')).toBe(true);
  });
});

describe('the difference to the lock file', () => {
  const locked = { version: '1.0.0', integrity: 'sha512-one' };
  const compare = (wanted: object, installed: object, dev = false) => {
    write('package-lock.json', { packages: { '': {}, app: {}, 'node_modules/a': locked, ...wanted } });
    write('node_modules/.package-lock.json', { packages: { 'node_modules/a': locked, ...installed } });
    return installDifference(folder, dev);
  };
  let lock = '';
  beforeAll(() => void (lock = readFileSync(join(folder, 'package-lock.json'), 'utf8')));
  afterAll(() => writeFileSync(join(folder, 'package-lock.json'), lock));

  it('is none when all is there, or only binaries for other platforms are not', () => {
    expect(compare({}, {}, true)).toBeUndefined();
    expect(compare({ 'node_modules/b': { ...locked, optional: true } }, {}, true)).toBeUndefined();
    expect(compare({ 'node_modules/b': { ...locked, devOptional: true } }, {}, true)).toBeUndefined();
  });

  it('is a package that is missing or another one', () => {
    expect(compare({ 'node_modules/b': locked }, {})).toBe('package-lock.json changed');
    expect(compare({}, { 'node_modules/a': { ...locked, version: '1.0.1' } })).toBe(
      'package-lock.json changed',
    );
    expect(compare({}, { 'node_modules/a': { ...locked, integrity: 'sha512-two' } })).toBe(
      'package-lock.json changed',
    );
  });

  it('is what only tests need where they are to run', () => {
    const tests = { 'node_modules/b': { ...locked, dev: true } };
    expect(compare(tests, {})).toBeUndefined();
    expect(compare(tests, {}, true)).toBe('what tests and checks need');
    expect(compare(tests, { 'node_modules/b': { ...locked, dev: true, version: '2.0.0' } })).toBe(
      'package-lock.json changed',
    );
  });
});
