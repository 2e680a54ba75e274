import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
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

  it('say what is wrong with a request for a place', async () => {
    const error = errorOf(await call('/files/upload/request', { body: { ...TOOL, filename: 'x' } }), 400);
    expect(error.errors).toEqual([expect.stringContaining('mimetype'), expect.stringContaining('md5')]);
  });
});
