import { describe, expect, it } from 'vitest';
import { readJson, type RawJson } from '@patchbay/contracts';
import { createLogger } from '@patchbay/service';
import type { FilesService } from '../files/files.service.js';
import { AnswersService } from './answers.service.js';

const owner = { projectId: 'proj_a', toolkit: 'acme', toolSlug: 'ACME_LIST' };
const LIMIT = 8_000;

function answers(keep: FilesService['keep']) {
  const files = { keep } as FilesService;
  return new AnswersService(files, { PATCHBAY_INLINE_ANSWER_BYTES: LIMIT }, createLogger('tools', 'silent'));
}
const read = ({ text }: RawJson) => readJson(text) as Record<string, unknown>;
const long = {
  successful: true,
  error: null,
  data: { items: Array.from({ length: 50 }, (_, id) => ({ id, text: 'x'.repeat(1_000) })) },
};

describe('an answer', () => {
  it('is passed on as it is when it fits', async () => {
    const short = { successful: true, error: null, data: { id: 7 } };
    const kept = () => Promise.reject(new Error('not asked for'));
    const fitted = await answers(kept).fit(short, owner);
    expect({ ...fitted, data: fitted.data.text }).toEqual({ ...short, data: '{"id":7}' });
  });

  it('that does not fit is there in short, and whole behind a link', async () => {
    const seen: { filename: string; text: string }[] = [];
    const service = answers(async ({ filename, mimetype }, bytes) => {
      seen.push({ filename, text: bytes.toString() });
      const expiresAt = new Date('2026-01-01T00:00:00Z');
      return { name: filename, mimetype, s3key: 'key', s3url: 'https://files.example/key', expiresAt };
    });
    const data = read((await service.fit(long, owner)).data);
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(LIMIT);
    expect((data['items'] as unknown[]).length).toBe(50);
    expect(data['clipped_answer']).toMatchObject({
      file: {
        name: 'acme_list.json',
        s3url: 'https://files.example/key',
        expires_at: '2026-01-01T00:00:00.000Z',
      },
    });
    expect(seen).toEqual([{ filename: 'acme_list.json', text: JSON.stringify(long.data) }]);
  });

  it('says so when the whole could not be kept', async () => {
    const service = answers(() => Promise.reject(new Error('no room')));
    const { data, successful } = await service.fit(long, owner);
    expect(successful).toBe(true);
    expect(read(data)['clipped_answer']).toMatchObject({
      note: expect.stringContaining('could not be kept'),
    });
  });
});
