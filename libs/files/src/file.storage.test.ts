import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startBucket } from '../test/running-bucket.js';
import { filesSettings, openStorage, type FileStorage } from './index.js';

const Settings = z.object({ ...filesSettings, PUBLIC_URL: z.string() });
const BASE = { PUBLIC_URL: 'http://localhost:3000', PATCHBAY_FILES_SECRET: 'a secret of the tests' };
const MD5_OF_HELLO = '5d41402abc4b2a76b9719d911017c592';

let directory: string;
let bucket: Awaited<ReturnType<typeof startBucket>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'patchbay-files-'));
  bucket = await startBucket();
});
afterAll(async () => {
  await bucket.stop();
  await rm(directory, { recursive: true, force: true });
});

const read = async (storage: FileStorage, key: string) => text((await storage.open(key)).content);

describe.each(['local', 's3'] as const)('the %s storage', (backend) => {
  let storage: FileStorage;
  beforeAll(async () => {
    const chosen = backend === 's3' ? bucket.settings : { PATCHBAY_FILES_DIR: directory };
    storage = await openStorage(Settings.parse({ ...BASE, ...chosen }));
  });

  it('keeps a file, gives it back, and replaces it', async () => {
    expect(storage.backend).toBe(backend);
    const stored = await storage.put('p/one.txt', Buffer.from('hello'));
    expect(stored).toEqual({ key: 'p/one.txt', size: 5, md5: MD5_OF_HELLO });
    expect(await read(storage, 'p/one.txt')).toBe('hello');
    await storage.put('p/one.txt', Readable.from([Buffer.from('good'), Buffer.from('bye')]));
    expect(await read(storage, 'p/one.txt')).toBe('goodbye');
    const found = await storage.stat('p/one.txt');
    expect(found?.size).toBe(7);
    expect(found?.modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('keeps an empty file and names in any script', async () => {
    await storage.put('p/büro/日本語 (1)*.txt', Buffer.alloc(0));
    expect(await read(storage, 'p/büro/日本語 (1)*.txt')).toBe('');
  });

  it('says that a file is not there', async () => {
    await expect(storage.open('p/nowhere')).rejects.toMatchObject({ code: 'not_found' });
    expect(await storage.stat('p/nowhere')).toBeUndefined();
    await storage.remove('p/nowhere');
  });

  it.each(['../out', 'a/../b', 'a//b', '/a', 'a/', '.', 'a\0b', 'x'.repeat(1000)])(
    'refuses the key %j',
    async (key) => {
      await expect(storage.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'invalid_request' });
      await expect(storage.uploadUrl(key, { expiresInSeconds: 5 })).rejects.toThrow('path of the file');
    },
  );

  it('breaks off what is too large, and what breaks off itself, and keeps nothing of it', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1024);
      })(),
    );
    await expect(storage.put('p/large', endless, { maxBytes: 10_000 })).rejects.toMatchObject({
      code: 'file_too_large',
    });
    const broken = new Readable({ read: () => undefined });
    const putting = storage.put('p/broken', broken);
    broken.push('some');
    broken.destroy(new Error('the client went away'));
    await expect(putting).rejects.toThrow(/interrupted|went away|reached/);
    expect(await storage.list('p/large', { limit: 5 })).toEqual([]);
    expect(await storage.stat('p/broken')).toBeUndefined();
  });

  it('lists in the order of keys, page by page, and removes a folder', async () => {
    const keys = ['l/a/1', 'l/a/b/2', 'l/ab', 'l/c'];
    for (const key of keys.toReversed()) await storage.put(key, Buffer.from(key));
    const all = await storage.list('l/', { limit: 10 });
    const rest = await storage.list('l/', { limit: 10, after: 'l/a/1' });
    expect(all.map(({ key }) => key)).toEqual(keys);
    expect(rest.map(({ key }) => key)).toEqual(keys.slice(1));
    expect((await storage.list('l/a', { limit: 10 })).map(({ key }) => key)).toEqual(keys.slice(0, 3));
    await storage.removeFolder('l/a/');
    expect((await storage.list('l/', { limit: 10 })).map(({ key }) => key)).toEqual(['l/ab', 'l/c']);
  });
});

describe('a link to a file in a bucket', () => {
  it('takes one PUT with any type, and gives a download under its name', async () => {
    const storage = await openStorage(Settings.parse({ ...BASE, ...bucket.settings }));
    const { url } = await storage.uploadUrl('u/page.html', { expiresInSeconds: 60 });
    const put = await fetch(url, { method: 'PUT', body: '<p>', headers: { 'content-type': 'text/html' } });
    expect(put.status).toBe(200);
    const link = await storage.downloadUrl('u/page.html', {
      expiresInSeconds: 60,
      filename: 'Seite ä.html',
      mimetype: 'text/plain',
    });
    const answer = await fetch(link.url);
    expect(await answer.text()).toBe('<p>');
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Seite%20%C3%A4.html",
    );
  });

  it('names the address that clients use', async () => {
    const storage = await openStorage(
      Settings.parse({
        ...BASE,
        ...bucket.settings,
        PATCHBAY_FILES_S3_PUBLIC_ENDPOINT: 'https://s3.example.com/',
      }),
    );
    const { url } = await storage.uploadUrl('u/x', { expiresInSeconds: 60 });
    expect(url).toMatch(/^https:\/\/s3\.example\.com\/files\/u\/x\?/);
    await storage.put('u/x', Buffer.from('x'));
  });

  it('wants both keys of the bucket or none', async () => {
    const settings = { ...BASE, ...bucket.settings, PATCHBAY_FILES_S3_SECRET_ACCESS_KEY: undefined };
    await expect(openStorage(Settings.parse(settings))).rejects.toThrow('go together');
  });
});

describe('files on disk', () => {
  it('are listed in the order of a bucket, in which a slash is a character like any other', async () => {
    const storage = await openStorage(Settings.parse({ ...BASE, PATCHBAY_FILES_DIR: directory }));
    const keys = ['o/a.txt', 'o/a/1', 'o/a0', 'o/b/x'];
    for (const key of keys) await storage.put(key, Buffer.from(key));
    const first = await storage.list('o/', { limit: 2 });
    expect(first.map(({ key }) => key)).toEqual(keys.slice(0, 2));
    for (const after of keys) {
      const rest = await storage.list('o/', { limit: 10, after });
      expect(rest.map(({ key }) => key)).toEqual(keys.filter((key) => key > after));
    }
  });

  it('leave nothing of an upload that broke off, and of a crash only for a day', async () => {
    const storage = await openStorage(Settings.parse({ ...BASE, PATCHBAY_FILES_DIR: directory }));
    const incoming = join(directory, 'incoming');
    expect(await readdir(incoming)).toEqual([]);
    await writeFile(join(incoming, 'old'), 'x');
    await writeFile(join(incoming, 'new'), 'x');
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(incoming, 'old'), yesterday, yesterday);
    await storage.tidy();
    expect(await readdir(incoming)).toEqual(['new']);
  });
});
