import { gzipSync } from 'node:zlib';
import { APP } from '../arena.mjs';
import { Client, summary } from '../client.mjs';
import { bodyOf, json } from '../provider.mjs';
import { flood, must } from './flood.mjs';

const MEBIBYTE = 1024 * 1024;
/** Of the event that says that a key was revoked: seconds, where a poisoned queue takes for ever. */
const REVOKED_WITHIN_MS = 5_000;
const FILLER = 'FILLER';
/** PATCHBAY_INLINE_ANSWER_BYTES, and room for what stands around it. */
const MAX_INLINE = 750_000;
const MAX_ERROR = 10_000;

/** @typedef {import('../arena.mjs').Arena} Arena @typedef {import('../provider.mjs').Handler} Handler */

/** Calls a tool whose provider answers so. @param {Handler} handler @param {number} times */
const call =
  (handler, times = 4) =>
  async (/** @type {Arena} */ { attacker, provider }) => {
    provider.serve('/notion/v1/', handler);
    await attacker.connect('notion', 'mallory', 'OAUTH2', { access_token: 'token' }, APP);
    const session = await attacker.session('mallory', ['notion']);
    const settled = await flood(times, times, () => attacker.execute(session, 'NOTION_LIST_USERS', {}));
    for (const result of settled) {
      if (result.status === 'fulfilled') mustBeShort(result.value.body);
    }
    return summary(settled);
  };

/** An account whose token is refused, so that a new one is asked for, and the token endpoint answers so. @param {Handler} handler */
const refresh =
  (handler, times = 4) =>
  async (/** @type {Arena} */ arena) => {
    const { attacker, provider } = arena;
    provider.serve('/slack/', (request, response) =>
      json(response, { ok: false, error: 'token_expired' }, 401),
    );
    provider.serve('/token', async (request, response, url) => {
      await bodyOf(request);
      return handler(request, response, url);
    });
    const credentials = { ...APP, token_url: `${provider.url}/token` };
    const values = { access_token: 'token', refresh_token: 'refresh' };
    const accounts = await flood(times, times, (index) =>
      attacker.connect('slack', `mallory-${index}`, 'OAUTH2', values, credentials),
    );
    const settled = await flood(accounts.length, times, async (index) => {
      const session = await attacker.session(`mallory-${index}`, ['slack']);
      return attacker.execute(session, 'SLACK_LIST_ALL_CHANNELS', {});
    });
    for (const result of settled) {
      if (result.status === 'fulfilled') mustBeShort(result.value.body);
    }
    await mustRevokeKeys(arena);
    return summary(settled);
  };

/**
 * An answer keeps to what may be passed on inline, and the words of an error to what people read.
 * @param {{ error?: unknown }} body
 */
function mustBeShort(body) {
  const [whole, error] = [body, body.error].map((part) => JSON.stringify(part ?? null).length);
  must(whole <= MAX_INLINE, `an answer of ${whole} characters`);
  must(error <= MAX_ERROR, `an error of ${error} characters`);
}

/** The events of `auth` still go out: a key that is revoked is refused everywhere. @param {Arena} arena */
async function mustRevokeKeys({ platform }) {
  const organisation = { 'x-api-key': undefined, 'x-org-api-key': platform.orgApiKey };
  const anyone = new Client(platform.baseUrl, '');
  const { body } = await anyone.api('POST', '/org/owner/project/new', {
    headers: organisation,
    body: { name: `revoked-${Date.now()}`, should_create_api_key: true },
  });
  const client = new Client(platform.baseUrl, body.api_key);
  await client.must('GET', '/auth_configs');
  const deleted = await anyone.api('DELETE', `/org/owner/project/${body.id}`, { headers: organisation });
  must(deleted.status < 300, `the project could not be deleted: ${deleted.status}`);
  const deadline = Date.now() + REVOKED_WITHIN_MS;
  while ((await client.api('GET', '/auth_configs')).status !== 401) {
    must(Date.now() < deadline, 'the key of a deleted project works on: events are not sent any more');
  }
}

/** @param {number} depth */
const deepJson = (depth) => '['.repeat(depth) + ']'.repeat(depth);

/** @param {string | Buffer} body @param {number} status @param {Record<string, string>} headers @returns {Handler} */
const raw =
  (body, status = 200, headers = {}) =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

/** @param {() => string} text @returns {() => Buffer} packed once, when it is first sent */
function packed(text) {
  /** @type {Buffer | undefined} */
  let kept;
  return () => (kept ??= gzipSync(text()));
}
const bigToken = packed(() =>
  JSON.stringify({ access_token: 'x'.repeat(200 * MEBIBYTE), token_type: 'bearer' }),
);
const bigAnswer = packed(() => `{"results":"${'y'.repeat(300 * MEBIBYTE)}"}`);
const GZIP = { 'content-encoding': 'gzip' };

/** @type {import('./index.mjs').Attack[]} */
export const providers = [
  {
    name: 'provider: an error text of 9 MB',
    run: call((_request, response) => json(response, { message: FILLER.repeat(1_500_000) }, 400)),
  },
  {
    name: 'provider: an answer of 9 MB',
    run: call((_request, response) => json(response, { object: 'list', results: 'y'.repeat(9 * MEBIBYTE) })),
  },
  { name: 'provider: 1,000,000 lists in each other', run: call(raw(deepJson(1_000_000))) },
  { name: 'provider: an error of 100,000 lists in each other', run: call(raw(deepJson(100_000), 400)) },
  {
    name: 'provider: gzip that holds 300 MB',
    run: call((...given) => raw(bigAnswer(), 200, GZIP)(...given)),
  },
  {
    name: 'token endpoint: an error_description of 9 MB',
    run: refresh((_request, response) =>
      json(response, { error: 'invalid_grant', error_description: FILLER.repeat(1_500_000) }, 400),
    ),
  },
  {
    name: 'token endpoint: gzip that holds a token of 200 MB',
    isLong: true,
    run: refresh((...given) => raw(bigToken(), 200, GZIP)(...given)),
  },
  {
    name: 'token endpoint: a token of 1 MB',
    run: refresh((_request, response) =>
      json(response, { access_token: 'x'.repeat(MEBIBYTE), token_type: 'bearer' }),
    ),
  },
  {
    name: 'token endpoint: scopes of 9 MB',
    run: refresh((_request, response) =>
      json(response, { access_token: 'x', token_type: 'bearer', scope: FILLER.repeat(1_500_000) }),
    ),
  },
  { name: 'token endpoint: never answers', isLong: true, run: refresh(() => undefined) },
];
