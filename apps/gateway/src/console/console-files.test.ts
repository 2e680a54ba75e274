import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleFiles } from './console-files.service.js';
import { ConsolePageController } from './console-page.controller.js';

const SCRIPT = 'console.log("a script of some length");'.repeat(100);
const PAGE = '<html><meta nonce="__CSP_NONCE__"><script src="/console/assets/app-1.js"></script></html>';

let folder: string;
let app: NestFastifyApplication;

class FilesOf extends ConsoleFiles {
  protected override readonly folder = folder;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-console-'));
  @Module({
    controllers: [ConsolePageController],
    providers: [{ provide: ConsoleFiles, useFactory: () => new FilesOf() }],
  })
  class Served {}
  app = await NestFactory.create<NestFastifyApplication>(Served, new FastifyAdapter(), { logger: false });
  await app.init();
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const write = async (files: Record<string, string>, at: number) => {
  await mkdir(join(folder, 'assets'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await utimes(join(folder, 'index.html'), at, at);
};

describe('the console’s files', () => {
  it('are a page that says how to build while there are none', async () => {
    const answer = await get('/console');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('npm run build');
  });

  it('are the same page for every address, under a policy with a nonce of each answer', async () => {
    await write({ 'index.html': PAGE, 'assets/app-1.js': SCRIPT, 'icon.svg': '<svg/>' }, 1_000);
    const nonces = new Set<string>();
    for (const url of ['/console', '/console/', '/console/calls/log_1?tab=raw', '/console/index.html']) {
      const { statusCode, headers, body } = await get(url);
      const policy = String(headers['content-security-policy']);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      expect({ url, statusCode, body }).toEqual({
        url,
        statusCode: 200,
        body: PAGE.replace('__CSP_NONCE__', nonce),
      });
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe/);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
    }
    expect(nonces.size).toBe(4);
  });

  it('are compressed as the browser can read it, and kept by it for good', async () => {
    const sent = async (encoding: string) => {
      const { headers, rawPayload } = await get('/console/assets/app-1.js', { 'accept-encoding': encoding });
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      return { encoding: headers['content-encoding'], rawPayload, etag: String(headers['etag']) };
    };
    const brotli = await sent('gzip, deflate, br');
    expect([brotli.encoding, brotliDecompressSync(brotli.rawPayload).toString()]).toEqual(['br', SCRIPT]);
    const zipped = await sent('gzip');
    expect([zipped.encoding, gunzipSync(zipped.rawPayload).toString()]).toEqual(['gzip', SCRIPT]);
    const plain = await sent('identity');
    expect([plain.encoding, plain.rawPayload.toString()]).toEqual([undefined, SCRIPT]);
    const again = await get('/console/assets/app-1.js', { 'if-none-match': plain.etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/console/icon.svg')).headers['cache-control']).toBe('public, no-cache');
  });

  it('are those of the build alone', async () => {
    for (const url of [
      '/console/assets/gone.js',
      '/console/assets/../../package.json',
      '/console/assets/%2e%2e%2findex.html',
    ])
      expect([url, (await get(url)).headers['content-type']]).not.toEqual([
        url,
        expect.stringContaining('javascript'),
      ]);
    expect((await get('/console/assets/gone.js')).statusCode).not.toBe(200);
    const outside = await get('/console/%2e%2e/%2e%2e/%2e%2e/etc/passwd');
    expect(outside.body).not.toContain('root:');
  });

  it('are those of the next build without a start', async () => {
    await write({ 'index.html': PAGE.replace('app-1', 'app-2'), 'assets/app-2.js': SCRIPT }, 2_000);
    expect((await get('/console')).body).toContain('app-2');
    expect((await get('/console/assets/app-2.js')).statusCode).toBe(200);
  });
});
