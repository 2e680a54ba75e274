import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root as repository } from '../config.js';
import { waitUntil } from '../wait.js';
import { Changes } from './changes.js';
import { Compiler } from './compiler.js';
import { Reloader } from './reloader.js';
import { Workspaces } from './workspaces.js';

/* A repository of three packages with the real compiler and the real watcher; only the services are recorded. */

let root = '';
let changes: Changes;
let reloader: Reloader;
let events: string[] = [];
let said: string[] = [];
/** Set by a test: the service then ends before it is ready. */
let ends: string | undefined;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function workspace(folder: string, dependencies: Record<string, string>, source: string): void {
  write(
    `${folder}/package.json`,
    JSON.stringify({
      name: `@fixture/${folder.split('/')[1]}`,
      type: 'module',
      exports: { types: './dist/index.d.ts', default: './dist/index.js' },
      dependencies,
    }),
  );
  write(
    `${folder}/tsconfig.build.json`,
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', types: [] },
      include: ['src'],
      exclude: ['src/**/*.test.ts'],
    }),
  );
  write(`${folder}/src/index.ts`, source);
}

const built = (folder: string) => readFile(join(root, folder, 'dist/index.js'), 'utf8').catch(() => '');
const lived = (event: string) => waitUntil(() => events.includes(event), { limitMs: 25_000 });
const wasSaid = (text: string) =>
  waitUntil(() => said.some((line) => line.includes(text)), { limitMs: 25_000 });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-dev-'));
  cpSync(join(repository, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  workspace('libs/words', {}, `export const greeting: string = 'hello';\n`);
  const greets = `import { greeting } from '@fixture/words';\nexport const text: string = greeting;\n`;
  workspace('apps/greeter', { '@fixture/words': '*' }, greets);
  workspace('apps/other', {}, `export const alone = true;\n`);
  write('apps/other/data/things.json', '{}');
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  mkdirSync(join(root, 'node_modules/@fixture'));
  symlinkSync('../../libs/words', join(root, 'node_modules/@fixture/words'));
  symlinkSync(join(repository, 'node_modules/.bin/tsc'), join(root, 'node_modules/.bin/tsc'));

  [events, said, ends] = [[], [], undefined];
  const service = (name: string) => ({
    stop: async () => void events.push(`${name} stopped`),
    start: async () => void events.push(`${name} started`),
    untilReady: async () => {
      if (ends === name) throw new Error(`${name} ended (exit code 1)`);
    },
  });
  const workspaces = new Workspaces(root);
  reloader = new Reloader({
    workspaces,
    compiler: new Compiler(root),
    services: new Map(['greeter', 'other'].map((name) => [`apps/${name}`, service(name)])),
    migrate: async () => void events.push('migrated'),
    say: (text) => said.push(text),
  });
  changes = await Changes.watch(workspaces, (files) => void reloader.changed(files));
});

afterEach(async () => {
  await changes.close();
  await reloader.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('npm run dev', () => {
  it('compiles what is saved in an app and restarts its service alone', async () => {
    write('apps/other/src/index.ts', `export const alone = 'saved';\n`);
    expect(await wasSaid('reloaded other in')).toBe(true);
    expect(await built('apps/other')).toContain('saved');
    expect(events).toEqual(['other stopped', 'other started']);
  });

  it('compiles a lib and restarts the services that need it', async () => {
    write('libs/words/src/index.ts', `export const greeting: string = 'good day';\n`);
    expect(await lived('greeter started')).toBe(true);
    expect(await built('libs/words')).toContain('good day');
    expect(events).not.toContain('other stopped');
  });

  it('leaves what runs alone when the change does not compile, and goes on with the next one', async () => {
    write('apps/other/src/index.ts', `export const alone: number = 'no number';\n`);
    expect(await wasSaid('apps/other does not compile: what ran before goes on')).toBe(true);
    expect(said.join('\n')).toContain('TS2322');
    expect(events).toEqual([]);
    expect(await built('apps/other')).not.toContain('no number');
    write('apps/other/src/index.ts', `export const alone: number = 7;\n`);
    expect(await lived('other started')).toBe(true);
    expect(await built('apps/other')).toContain('7');
  });

  it('says which app no longer fits a lib', async () => {
    write('libs/words/src/index.ts', `export const greeting: number = 5;\n`);
    expect(await wasSaid('apps/greeter no longer fits what it uses')).toBe(true);
  });

  it('migrates between stop and start when a migration is saved', async () => {
    write('apps/other/src/migrations/1-create-things.ts', `export const up = 'create table things';\n`);
    expect(await lived('other started')).toBe(true);
    expect(events).toEqual(['other stopped', 'migrated', 'other started']);
  });

  it('restarts for data without compiling, and not at all for a test', async () => {
    write('apps/other/src/index.test.ts', `export const wrong: number = 'not compiled';\n`);
    write('apps/other/data/things.json', `[]`);
    expect(await wasSaid('reloaded other in')).toBe(true);
    expect(await built('apps/other')).toBe('');
    expect(events).toEqual(['other stopped', 'other started']);
  });

  it('says why a service did not come back, and starts it with the next change', async () => {
    ends = 'other';
    write('apps/other/src/index.ts', `export const alone = 1;\n`);
    expect(await wasSaid('other ended (exit code 1)')).toBe(true);
    ends = undefined;
    write('apps/other/src/index.ts', `export const alone = 2;\n`);
    expect(await wasSaid('reloaded other in')).toBe(true);
  });
});
