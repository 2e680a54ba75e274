import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerOf, keyFor, type Where } from './caller.js';
import { ConfigFile, configPath, type Config } from './config-file.js';

const config: Config = {
  current: 'home',
  profiles: {
    home: { baseUrl: 'https://home.example', kind: 'person', key: 'uak_home' },
    work: { baseUrl: 'https://work.example/pb', kind: 'project', key: 'ak_work' },
  },
};
const who = (where: Where, env: NodeJS.ProcessEnv = {}) => {
  const { baseUrl, profileName, keys } = callerOf(where, config, env);
  return { baseUrl, profileName, keys: keys.map(({ key }) => key) };
};

describe('where and as whom a command works', () => {
  it.each<[string, Where, NodeJS.ProcessEnv, ReturnType<typeof who>]>([
    ['the current profile', {}, {}, { baseUrl: 'https://home.example', profileName: 'home', keys: ['uak_home'] }],
    ['a named one', { profile: 'work' }, { PATCHBAY_API_KEY: 'ak_env', PATCHBAY_URL: 'http://a' }, { baseUrl: 'https://work.example/pb', profileName: 'work', keys: ['ak_work'] }],
    ['one named by the environment', {}, { PATCHBAY_PROFILE: 'work' }, { baseUrl: 'https://work.example/pb', profileName: 'work', keys: ['ak_work'] }],
    ['the one of the address', { url: 'https://WORK.example/pb/' }, {}, { baseUrl: 'https://work.example/pb', profileName: 'work', keys: ['ak_work'] }],
    ['none at another address', { url: 'https://else.example' }, {}, { baseUrl: 'https://else.example', profileName: 'home', keys: [] }],
    ['a named one nowhere else', {}, { PATCHBAY_PROFILE: 'work', PATCHBAY_URL: 'https://home.example' }, { baseUrl: 'https://home.example', profileName: 'work', keys: [] }],
    ['the environment first', {}, { PATCHBAY_USER_API_KEY: 'uak_env', PATCHBAY_API_KEY: 'ak_env' }, { baseUrl: 'https://home.example', profileName: 'home', keys: ['ak_env', 'uak_env', 'uak_home'] }],
  ])('is %s', (_, where, env, expected) => {
    expect(who(where, env)).toEqual(expected);
  }); // prettier-ignore

  it('takes the key that the command needs, or says which', () => {
    const env = { PATCHBAY_API_KEY: 'ak_env', PATCHBAY_ORG_API_KEY: 'oak_env' };
    const caller = callerOf({}, config, env);
    expect(keyFor(caller, 'project').key).toBe('ak_env');
    expect(keyFor(caller, 'project', true).key).toBe('uak_home');
    expect(keyFor(caller, 'administration').key).toBe('oak_env');
    expect(() => keyFor(callerOf({ profile: 'work' }, config, {}), 'administration')).toThrow(
      'The profile work is the key of a project',
    );
    expect(() => keyFor(callerOf({}, { current: 'x', profiles: {} }, {}), 'project')).toThrow(
      'not signed in',
    );
  });

  it.each(['work.example', 'ftp://a', ''])('is no address: %j', (url) => {
    expect(() => callerOf({ url }, config, {})).toThrow('is no address');
  });
});

describe('the file of the profiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-config-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is where the environment says', () => {
    expect(configPath({ PATCHBAY_CONFIG: '/a/b.json', XDG_CONFIG_HOME: '/x' })).toBe('/a/b.json');
    expect(configPath({ XDG_CONFIG_HOME: '/x' })).toBe('/x/patchbay/config.json');
    expect(configPath({ XDG_CONFIG_HOME: '' })).toMatch(/\/\.config\/patchbay\/config\.json$/);
  });

  it('is made for its owner alone, and made so again', async () => {
    const file = new ConfigFile(join(folder, 'deep/er/config.json'));
    expect(await file.read()).toEqual({ current: 'default', profiles: {} });
    await file.change((fresh) => Object.assign(fresh, config));
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'deep/er'))).mode & 0o777).toBe(0o700);
    await chmod(file.path, 0o644);
    expect(await file.isExposed()).toBe(true);
    await file.change(() => undefined);
    expect(await file.isExposed()).toBe(false);
    expect(await file.read()).toEqual(config);
  });

  it('is not overwritten when it cannot be read, and nothing of it is told', async () => {
    const file = new ConfigFile(join(folder, 'config.json'));
    await writeFile(file.path, '{"profiles":{"a":{"key":"uak_secret"');
    const error = await file
      .change(() => undefined)
      .then(
        () => undefined,
        (caught: unknown) => inspect(caught, { depth: 9 }),
      );
    expect(error).toContain('cannot be read');
    expect(error).not.toContain('uak_secret');
    expect(await readFile(file.path, 'utf8')).toContain('uak_secret');
  });
});
