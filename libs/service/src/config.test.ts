import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  databaseUrlSetting,
  fromFiles,
  listSetting,
  loadConfig,
  publicUrlSetting,
  serviceSettings,
} from './config.js';

const SCHEMA =
  'z.object({ ...serviceSettings, DATABASE_URL: databaseUrlSetting, PUBLIC_URL: publicUrlSetting })';

describe('loadConfig', () => {
  let program: string;

  beforeAll(async () => {
    const file = fileURLToPath(new URL('config.ts', import.meta.url));
    const { code } = await transformFile(file, {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    program = `${code}\nconsole.log(JSON.stringify(loadConfig(${SCHEMA}, process.env)));`;
  });

  /** It ends its process, so it runs in one of its own. */
  const load = (environment: Record<string, string>) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--input-type=module'],
        { env: environment, cwd: fileURLToPath(new URL('.', import.meta.url)) },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
      );
      child.stdin?.end(program);
    });

  it('gives the settings, with defaults for what is not set', async () => {
    const { code, stdout, stderr } = await load({
      DATABASE_URL: 'postgres://ada:secret@db/patchbay',
      NATS_URL: '',
      PATCHBAY_METRICS_PORT: '',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      NATS_URL: 'nats://127.0.0.1:4222',
      PATCHBAY_NATS_REPLICAS: 1,
      LOG_LEVEL: 'info',
      NODE_ENV: 'development',
      PATCHBAY_STOP_SECONDS: 15,
      PATCHBAY_METRICS_HOST: '127.0.0.1',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_SDK_DISABLED: false,
      DATABASE_URL: 'postgres://ada:secret@db/patchbay',
      PUBLIC_URL: 'http://localhost:3000',
    });
  });

  it('ends the process naming every wrong setting, without the value of any', async () => {
    const { code, stdout, stderr } = await load({
      DATABASE_URL: 'mysql://ada:secret@db/patchbay',
      LOG_LEVEL: 'secret',
      PATCHBAY_STOP_SECONDS: '1',
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^Setting DATABASE_URL: must look like postgres:\/\//),
      expect.stringMatching(/^Setting LOG_LEVEL: .*"debug"/),
      expect.stringMatching(/^Setting PATCHBAY_STOP_SECONDS: ./),
    ]);
    expect(stderr).not.toContain('secret');
  });

  it('ends the process naming a setting that is missing', async () => {
    const { code, stderr } = await load({});
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Setting DATABASE_URL: /);
  });
});

describe('a setting in a file', () => {
  const FILE = fileURLToPath(new URL('../package.json', import.meta.url));

  it('is what the file holds, without the end of its last line', () => {
    expect(fromFiles(['A', 'B'], { A_FILE: FILE, B: 'b', B_FILE: '' })).toEqual({
      A: expect.stringMatching(/^\{[^]*\}$/),
      B: 'b',
      B_FILE: '',
    });
  });

  it('is not looked for where the name is another setting of its own', () => {
    expect(fromFiles(['A', 'A_FILE'], { A_FILE: '/nowhere' })).toEqual({ A_FILE: '/nowhere' });
  });

  it('ends the process when the file cannot be read, or the setting is given as well', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('ended');
    });
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(() => fromFiles(['A'], { A_FILE: '/nowhere' })).toThrow('ended');
      expect(() => fromFiles(['A'], { A: 'a', A_FILE: FILE })).toThrow('ended');
      expect(write.mock.calls.map(([text]) => text)).toEqual([
        'Setting A_FILE: cannot be read: ENOENT\n',
        'Setting A: is given, and A_FILE as well\n',
      ]);
    } finally {
      exit.mockRestore();
      write.mockRestore();
    }
  });
});

describe('the kinds of settings', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['localhost:4000', ['localhost:4000']],
    [' localhost:4000 , 10.0.0.7,, ', ['localhost:4000', '10.0.0.7']],
  ])('read the list %j as %j', (text, hosts) => {
    expect(loadConfig(z.object({ HOSTS: listSetting }), { HOSTS: text })).toEqual({ HOSTS: hosts });
  });

  it.each([
    [undefined, 'http://localhost:3000'],
    ['https://patchbay.example.com/', 'https://patchbay.example.com'],
    ['https://example.com/patchbay//', 'https://example.com/patchbay'],
  ])('read the public URL %j as %s', (text, url) => {
    expect(publicUrlSetting.parse(text)).toBe(url);
  });

  it.each(['patchbay.example.com', 'ftp://example.com', ''])('refuse the public URL %j', (text) => {
    expect(publicUrlSetting.safeParse(text).success).toBe(false);
  });

  it('read a URL of Postgres and no other', () => {
    for (const url of ['postgres://a:b@db:5432/x', 'postgresql://db/x']) {
      expect(databaseUrlSetting.parse(url)).toBe(url);
    }
    expect(databaseUrlSetting.safeParse('db:5432').success).toBe(false);
  });

  it('have a level of the log that exists', () => {
    expect(serviceSettings.LOG_LEVEL.safeParse('loud').success).toBe(false);
  });
});
