import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Connecting, startConnecting } from '../../test/connecting.js';
import { json, type OAuthProvider, TOKENS } from '../../test/oauth-provider.js';
import { MAX_TOKEN_CHARACTERS, TOKEN_LIMITS } from '../schemes/index.js';

type Answer = OAuthProvider['answers']['token'];

let on: Connecting;
beforeAll(async () => {
  on = await startConnecting();
});
afterEach(() => {
  on.provider.reset();
});
afterAll(() => on?.stop());

const compressed =
  (text: string, layers = 1): Answer =>
  (response) => {
    let body = Buffer.from(text);
    for (let layer = 0; layer < layers; layer += 1) body = gzipSync(body);
    const encoding = Array(layers).fill('gzip').join(', ');
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.end(body);
  };
const padded = (bytes: number) => JSON.stringify({ ...TOKENS, padding: 'x'.repeat(bytes) });

/** What a sign-in came to, and what is kept and told of it. */
async function signIn(answer: Answer, query: Record<string, string> = { code: 'c' }) {
  on.provider.answers.token = answer;
  const { id, state } = await on.followNew();
  const outcome = await on.complete({ ...query, state });
  const row = await on.rowOf(id);
  const told = on.events.filter(({ data }) => JSON.stringify(data).includes(id));
  return { outcome, row, longest: Math.max(0, ...told.map((event) => JSON.stringify(event).length)) };
}

describe('a provider whose answer to a sign-in is hostile', () => {
  it.each([1, 2])(
    'gives no token in %i layers of compression that stand for more than it may send',
    async (layers) => {
      const { outcome, row } = await signIn(compressed(padded(64 * 1024 * 1024), layers));
      expect(outcome).toMatchObject({ status: 'failed', error: 'provider_answer_unusable' });
      expect(outcome.errorDescription).toContain(`sent more than ${TOKEN_LIMITS.maxBytes} bytes`);
      expect(row).toMatchObject({ sealed_credential: null });
    },
  );

  it('is understood when it compresses what it may', async () => {
    expect((await signIn(compressed(padded(1_000)))).outcome.status).toBe('success');
  });

  it.each([
    ['longer than any', 'x'.repeat(MAX_TOKEN_CHARACTERS + 1), 'which is not kept'],
    ['another header in it', 'abc\r\nx-admin: yes', 'cannot be sent'],
    ['letters that no header has', 'токен', 'cannot be sent'],
  ])('has no token kept that is %s', async (_, token, why) => {
    for (const tokens of [{ access_token: token }, { refresh_token: token }]) {
      const { outcome, row } = await signIn(json(200, { ...TOKENS, ...tokens }));
      expect(outcome).toMatchObject({ status: 'failed' });
      expect(outcome.errorDescription).toContain(why);
      expect(row).toMatchObject({ sealed_credential: null });
    }
  });

  it.each(['at the token endpoint', 'by the browser'])(
    'has its words bounded that it says %s',
    async (where) => {
      const error = 'e'.repeat(20_000);
      const error_description = `\u0000\u202e\r\nSet-Cookie: a=b ${'d'.repeat(90_000)}`;
      const { outcome, row, longest } =
        where === 'by the browser'
          ? await signIn(json(200, TOKENS), { error, error_description })
          : await signIn(json(400, { error, error_description }));
      expect(outcome.status).toBe('failed');
      expect(outcome.errorDescription).toMatch(/^Set-Cookie: a=b d+…$/);
      expect(outcome.errorDescription?.length).toBeLessThanOrEqual(500);
      expect(outcome.error?.length).toBeLessThanOrEqual(100);
      expect(String(row?.['status_reason']).length).toBeLessThan(1_000);
      expect(longest).toBeLessThan(10_000);
    },
  );

  it.each([1e300, 1e15, Infinity, -5, 'soon', [1]])(
    'may say that a token lives for %p',
    async (expires_in) => {
      const text = JSON.stringify({ ...TOKENS, expires_in }).replace('null', '1e999');
      const { outcome } = await signIn(compressed(text));
      expect(['success', 'failed']).toContain(outcome.status);
      expect(outcome.error ?? '').not.toBe('internal');
    },
  );

  it("has an account's name bounded", async () => {
    on.provider.answers.profile = json(200, { login: `octo\u0000${'c'.repeat(100_000)}` });
    const { row } = await signIn(json(200, TOKENS));
    expect(row).toMatchObject({ status: 'ACTIVE' });
    expect(String(row?.['display_name'])).toMatch(/^octo c{194}…$/);
  });
});
