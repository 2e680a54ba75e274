import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BYTES, eventually } from '@patchbay/testing';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';

const Staged = z.object({
  id: z.string().regex(/^req_file_/),
  key: z.string().min(1),
  new_presigned_url: z.url(),
  newPresignedUrl: z.url(),
  type: z.literal('new'),
  metadata: z.object({ storage_backend: z.enum(['s3', 'azure_blob_storage']) }),
});
const TOOL = { toolkit_slug: 'keyed', tool_slug: 'KEYED_ECHO' };

async function stage(filename: string, apiKey = environment.apiKey) {
  const answer = await call('/files/upload/request', {
    apiKey,
    body: { ...TOOL, filename, mimetype: 'text/html', md5: createHash('md5').update(filename).digest('hex') },
  });
  expect(answer.status).toBe(200);
  return Staged.parse(answer.body);
}

const put = (url: string, body: string) =>
  fetch(url, { method: 'PUT', body, headers: { 'content-type': 'text/html' } });

describe('files for tools', () => {
  it('are staged under a key of their own, and their bytes taken by one link with no key', async () => {
    const staged = await stage('page.html');
    expect(staged.key).toMatch(/^projects\/proj_\S+\/requests\/keyed\/KEYED_ECHO\/\S+_page\.html$/);
    expect(staged.new_presigned_url).toContain(
      `${environment.baseUrl.replace('127.0.0.1', 'localhost')}/files/`,
    );
    expect((await put(staged.new_presigned_url, '<script>')).status).toBe(200);
    // JSON is bytes like any other, and so is nothing at all.
    const json = await stage('broken.json');
    const answer = await fetch(json.new_presigned_url, {
      method: 'PUT',
      body: '{"not": json',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(200);
    expect((await fetch((await stage('empty')).new_presigned_url, { method: 'PUT' })).status).toBe(200);
  });

  it('may be sent again by the same link, but not larger than they were counted', async () => {
    const { new_presigned_url: url } = await stage('again.txt');
    expect((await put(url, 'four')).status).toBe(200);
    expect((await put(url, 'same')).status).toBe(200);
    expect((await put(url, 'larger')).status).toBe(413);
    // Without saying beforehand how much it is.
    const stream = new Blob(['larger']).stream();
    const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body: stream, duplex: 'half' };
    expect((await fetch(url, init)).status).toBe(413);
  });

  it('are not taken by a link for another file, of another method, or that was changed', async () => {
    const [one, other] = [await stage('one.html'), await stage('other.html')];
    const swapped = one.new_presigned_url.replace(encodeURI(one.key), encodeURI(other.key));
    expect(swapped).not.toBe(one.new_presigned_url);
    for (const url of [swapped, one.new_presigned_url.replace('expires=', 'expires=9')]) {
      const refused = await put(url, 'x');
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { slug: 'Files_LinkNotUsable' } });
    }
    expect((await fetch(one.new_presigned_url)).status).toBe(403);
  });

  it("are listed newest first, to their own project's key only", async () => {
    const { apiKey } = await createProject(unique('files'));
    for (const name of ['a.html', 'b.html', 'c.html']) await stage(name, apiKey);
    const first = await call('/files/list?limit=2&toolkit_slug=keyed&tool_slug=KEYED_ECHO', { apiKey });
    expect(first.body).toMatchObject({
      total_items: 3,
      items: [
        { ...TOOL, filename: 'c.html', mimetype: 'text/html', md5: expect.stringMatching(/^[0-9a-f]{32}$/) },
        { filename: 'b.html' },
      ],
    });
    const { next_cursor: cursor } = z.object({ next_cursor: z.string() }).parse(first.body);
    const second = await call(`/files/list?limit=2&cursor=${cursor}`, { apiKey });
    expect(second.body).toMatchObject({ items: [{ filename: 'a.html' }], next_cursor: null });
    expect((await call('/files/list?toolkit_slug=github', { apiKey })).body).toMatchObject({ items: [] });
  });

  it('reach the tool by key or by address, and no other way', async () => {
    const run = async (s3key: string) => {
      const file = { name: 'note.txt', mimetype: 'text/plain', s3key };
      const answer = await call('/tools/execute/FILING_PUT_AWAY', {
        body: { user_id: 'user_a', arguments: { file, title: 'Kept' } },
      });
      expect(answer.status).toBe(200);
      return answer.body;
    };
    const staged = await stage('note.txt');
    await put(staged.new_presigned_url, 'Buy milk');
    expect(await run(staged.key)).toMatchObject({
      successful: true,
      data: { name: 'note.txt', text: 'Buy milk', title: 'Kept' },
    });
    expect(await run(`${environment.keyedUrl}/open`)).toMatchObject({
      successful: true,
      data: { text: expect.stringContaining('anyone') },
    });
    const { apiKey } = await createProject(unique('files'));
    const foreign = await stage('secret.txt', apiKey);
    await put(foreign.new_presigned_url, 'secret');
    for (const key of [
      foreign.key,
      'projects/nowhere',
      'http://169.254.169.254/latest',
      '../../etc/passwd',
    ]) {
      expect(await run(key)).toMatchObject({ successful: false, error: expect.stringMatching(/\w/) });
    }
  });

  it('come from a tool by a link, for as long as the project says', async () => {
    const { apiKey } = await createProject(unique('files'));
    const taken = async () => {
      const answer = await call('/tools/execute/FILING_TAKE_OUT', { apiKey, body: { user_id: 'user_a' } });
      const { data } = z
        .object({
          data: z.object({ file: z.object({ name: z.string(), mimetype: z.string(), s3url: z.url() }) }),
        })
        .parse(answer.body);
      return data.file;
    };
    const file = await taken();
    expect(file).toMatchObject({ name: 'given.png', mimetype: 'image/png' });
    const answer = await fetch(file.s3url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const lifeOf = (url: string) => Number(new URL(url).searchParams.get('expires')) - Date.now() / 1000;
    expect(lifeOf(file.s3url)).toBeGreaterThan(3000);
    const changed = { apiKey, method: 'PATCH', body: { signed_url_file_expiry_in_seconds: 60 } } as const;
    expect((await call('/org/project/config', changed)).status).toBe(200);
    await eventually(async () => expect(lifeOf((await taken()).s3url)).toBeLessThan(61));
  });

  it('say what is wrong with a request for a place', async () => {
    const error = errorOf(await call('/files/upload/request', { body: { ...TOOL, filename: 'x' } }), 400);
    expect(error.errors).toEqual([expect.stringContaining('mimetype'), expect.stringContaining('md5')]);
  });
});
