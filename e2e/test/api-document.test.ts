import { describe, expect, it } from 'vitest';
import { checkAnswer, type Answer } from '../support/api.document.js';
import { environment } from '../support/environment.js';

const ADDRESS = `${environment.baseUrl}/api/v3.1/openapi.json`;

describe('the API document', () => {
  it('is served to anyone, under both versions, and not again to who has it', async () => {
    const first = await fetch(ADDRESS);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    expect(await first.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Patchbay' } });
    const again = await fetch(ADDRESS.replace('v3.1', 'v3'), { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

describe('the check of every answer against the document', () => {
  const error = { message: 'No.', code: 404, slug: 'HTTP_NotFound', status: 404, request_id: 'req_1' };
  const answerOf = (change: Partial<Answer>): Answer => ({
    method: 'GET',
    url: `${environment.baseUrl}/api/v3/auth_configs/ac_1`,
    status: 404,
    headers: new Headers({ 'content-type': 'application/json; charset=utf-8' }),
    text: JSON.stringify({ error }),
    ...change,
  });

  it('has nothing to say of an answer as it is described, and of a route that is left out', async () => {
    await expect(checkAnswer(fetch, answerOf({}))).resolves.toBeUndefined();
    const page = answerOf({ url: `${environment.baseUrl}/link/lk_1`, status: 418 });
    await expect(checkAnswer(fetch, page)).resolves.toBeUndefined();
  });

  it.each([
    ['a status', { status: 418 }, 'getAuthConfig answered 418, which is not described'],
    [
      'a field',
      { text: JSON.stringify({ error: { ...error, stack: 'at …' } }) },
      'does not fit: /error must NOT have',
    ],
    ['a body', { status: 200 }, 'does not fit: the body must have required property'],
    [
      'a name',
      { text: JSON.stringify({ error: { ...error, slug: 'Odd' } }) },
      'with Odd, which is not described',
    ],
    [
      'a type',
      { headers: new Headers({ 'content-type': 'text/html' }) },
      'as text/html, which is not described',
    ],
  ])('names %s that is not described', async (_what, change, words) => {
    await expect(checkAnswer(fetch, answerOf(change))).resolves.toContain(words);
  });
});
