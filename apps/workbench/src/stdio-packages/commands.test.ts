import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAllowedPackage } from './stdio.settings.js';
import { chosenCommand, commandsOf } from './commands.js';
import { digestOf } from './digest.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string, mode = 0o644) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, { mode });
};
const npm = (bin: unknown) => {
  write('node_modules/@acme/server/package.json', JSON.stringify({ bin }));
  return commandsOf(folder, readAllowedPackage('npm:@acme/server@1.0.0'));
};

describe('the commands of a package', () => {
  it('of npm are those of its manifest, in its own folder', async () => {
    const root = 'node_modules/@acme/server';
    expect(await npm('./dist/main.js')).toEqual({ server: `${root}/dist/main.js` });
    expect(await npm({ a: 'a.js', b: '../../../etc/passwd', c: 3 })).toEqual({ a: `${root}/a.js` });
    await expect(npm(undefined)).rejects.toThrow('no command');
  });

  it('of PyPI are its entry points, however its name is written', async () => {
    write(
      'acme_server-1.0.0.dist-info/entry_points.txt',
      '[console_scripts]\nacme-server = acme.cli:main\nother=acme:App.run [extra]\n\n[gui_scripts]\nwindow = acme:window\n',
    );
    write('other-1.dist-info/entry_points.txt', '[console_scripts]\nx = x:x\n');
    expect(await commandsOf(folder, readAllowedPackage('pypi:Acme.Server@1.0.0'))).toEqual({
      'acme-server': 'acme.cli:main',
      other: 'acme:App.run',
    });
  });

  it('are chosen by name, else by the name of the package, else there is only one', () => {
    const named = { registryType: 'npm', identifier: '@acme/server' } as const;
    const both = { server: 'a', admin: 'b' };
    expect(chosenCommand(both, named, undefined)).toEqual({ name: 'server', target: 'a' });
    expect(chosenCommand(both, named, 'admin')).toEqual({ name: 'admin', target: 'b' });
    expect(chosenCommand({ only: 'c' }, named, undefined)).toEqual({ name: 'only', target: 'c' });
    for (const [commands, asked] of [
      [both, 'toString'],
      [{ a: '1', b: '2' }, undefined],
    ] as const) {
      expect(() => chosenCommand(commands, named, asked)).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
    }
  });
});

describe('the digest of a folder', () => {
  it('is of names, kinds and contents, and of nothing else', async () => {
    write('a/b.txt', 'text');
    const first = await digestOf(folder);
    expect(first.bytes).toBe(4);
    write('a/b.txt', 'text');
    expect(await digestOf(folder)).toEqual(first);
    for (const change of [
      () => write('a/b.txt', 'texx'),
      () => write('a/c.txt', ''),
      () => write('program', '', 0o755),
      () => mkdirSync(join(folder, 'empty')),
    ]) {
      const { digest: before } = await digestOf(folder);
      change();
      expect((await digestOf(folder)).digest).not.toBe(before);
    }
  });
});
