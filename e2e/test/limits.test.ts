import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serviceNames } from '@patchbay/local';
import { eventually, freePorts, startTestPlatform, type TestPlatform } from '@patchbay/testing';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { unique } from '../support/environment.js';
import { call as request, createSession, errorOf, type Answer, type Call } from '../support/http.js';

const WINDOW_MS = 5_000;
/** Within which a test counts: none takes longer. */
const NEEDED_MS = 2_500;
const MOST = {
  project: 40,
  user: 20,
  sessions: 8,
  links: 3,
  failures: 5,
  guesses: 4,
  codes: 3,
  pages: 12,
  oauth: 12,
  registrations: 4,
  anonymous: 15,
};
const ONE_AT_A_TIME = { PATCHBAY_PROJECT_CONCURRENCY: 3, PATCHBAY_PROJECT_STREAMS: 2 };

/** Has a platform of its own, whose limits are small. No window ends within a test. */
describe('what comes in', () => {
  let test: TestPlatform;
  let replica: string;

  beforeAll(async () => {
    const limits = Object.entries(MOST).map(([name, most]) => [
      `PATCHBAY_LIMIT_${name.toUpperCase()}`,
      String(most),
    ]);
    test = await startTestPlatform({
      ...Object.fromEntries(limits),
      ...Object.fromEntries(Object.entries(ONE_AT_A_TIME).map(([name, most]) => [name, String(most)])),
      PATCHBAY_LIMIT_WINDOW_SECONDS: String(WINDOW_MS / 1_000),
      PATCHBAY_BODY_SECONDS: '1',
      // The test is the proxy in front, which says for whom it asks.
      PATCHBAY_TRUSTED_PROXIES: '127.0.0.0/8,::1',
      PATCHBAY_METRICS_PORT: String(await freePorts(serviceNames.length)),
    });
    replica = String((await test.platform.startReplica('gateway')).url);
  }, 120_000);
  afterAll(() => test?.stop());
  beforeEach(async () => {
    const left = WINDOW_MS - (Date.now() % WINDOW_MS);
    if (left < NEEDED_MS) await delay(left);
  });

  const call = (path: string, options: Call = {}) =>
    request(path, { baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey, ...options });
  const from = (address: string, headers: Record<string, string> = {}) => ({
    apiKey: null,
    headers: { 'x-forwarded-for': address, ...headers },
  });
  /** One after another: the order says which is one too many. */
  const repeat = async (times: number, ask: (index: number) => Promise<Answer>) => {
    const answers: Answer[] = [];
    for (let index = 0; index < times; index += 1) answers.push(await ask(index));
    return answers;
  };
  const statuses = (answers: Answer[]) => answers.map(({ status }) => status);
  const times = (count: number, status: number) => Array<number>(count).fill(status);
  const standing = ({ headers }: Answer) => ({
    most: Number(headers.get('x-ratelimit')),
    remaining: Number(headers.get('x-ratelimit-remaining')),
    window: headers.get('x-ratelimit-window-size'),
  });
  const waitOf = ({ headers }: Answer) => Number(headers.get('retry-after'));
  const newProject = async () => {
    const { body } = await call('/org/owner/project/new', {
      apiKey: null,
      headers: { 'x-org-api-key': test.platform.orgApiKey },
      body: { name: unique('limits'), should_create_api_key: true },
    });
    return z.object({ api_key: z.string() }).parse(body).api_key;
  };
  const metric = async (pattern: RegExp) => {
    const text = await (await fetch(`${test.platform.opsUrl('gateway')}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => pattern.test(line))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };

  it('is told on every answer how much more may come', async () => {
    const apiKey = await newProject();
    const [first, second] = await repeat(2, () => call('/toolkits/time', { apiKey }));
    expect(standing(first as Answer)).toEqual({
      most: MOST.project,
      remaining: MOST.project - 1,
      window: '5s',
    });
    expect(standing(second as Answer).remaining).toBe(MOST.project - 2);
    const refused = [
      await call('/toolkits', { apiKey: 'ak_wrong' }),
      await call('/nowhere'),
      await call('/tool_router/session', { body: '{' }),
      await call('/oauth/token', { apiKey: null, body: {} }),
    ];
    for (const answer of refused) expect(standing(answer)).toMatchObject({ window: '5s' });
  });

  it('of a project is bounded for all replicas together, and other projects do not notice', async () => {
    const apiKey = await newProject();
    const here = await repeat(30, () => call('/toolkits/time', { apiKey }));
    expect(statuses(here)).toEqual(times(30, 200));
    // The other replica knows of them.
    const there = () => call('/toolkits/time', { apiKey, baseUrl: replica });
    let asked = 0;
    await eventually(async () => {
      asked += 1;
      expect(standing(await there()).remaining).toBeLessThanOrEqual(MOST.project - 30 - asked);
    });
    const left = await repeat(12, there);
    const passed = 30 + asked + left.filter(({ status }) => status === 200).length;
    expect(passed).toBe(MOST.project);
    const last = left.at(-1) as Answer;
    expect(errorOf(last, 429)).toMatchObject({ code: 429, slug: 'HTTP_TooManyRequests' });
    expect(standing(last)).toMatchObject({ most: MOST.project, remaining: 0 });
    expect(waitOf(last)).toBeGreaterThanOrEqual(1);
    expect(waitOf(last)).toBeLessThanOrEqual(WINDOW_MS / 1_000);
    expect((await call('/toolkits/time')).status).toBe(200);
  });

  it('goes on after as long as it was told to wait: the official SDK does so by itself', async () => {
    const apiKey = await newProject();
    const all = await Promise.all(times(MOST.project + 1, 0).map(() => call('/toolkits/time', { apiKey })));
    const refused = all.find(({ status }) => status === 429) as Answer;
    const begin = performance.now();
    const composio = newComposio(apiKey, test.platform.baseUrl);
    expect((await composio.toolkits.get('time')).slug).toBe('time');
    expect(performance.now() - begin).toBeGreaterThan((waitOf(refused) - 1) * 1_000);
  });

  it('for one user is bounded, and for another of the project it is not', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: await newProject() };
    const [alice, bob] = [
      await createSession({ user_id: unique('alice') }, here),
      await createSession({ user_id: unique('bob') }, here),
    ];
    const run = (id: string) =>
      call(`/tool_router/session/${id}/execute`, {
        ...here,
        body: { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'UTC' } },
      });
    // Making the session was one of them.
    const answers = await repeat(MOST.user, () => run(alice));
    expect(statuses(answers)).toEqual([...times(MOST.user - 1, 200), 429]);
    expect((await run(bob)).status).toBe(200);
  });

  it('bounds new sessions of a project and new links of a user', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: await newProject() };
    const made = await repeat(MOST.sessions + 1, () =>
      call('/tool_router/session', { ...here, body: { user_id: unique('someone') } }),
    );
    expect(statuses(made)).toEqual([...times(MOST.sessions, 201), 429]);
    const { session_id: id } = z.object({ session_id: z.string() }).parse(made[0]?.body);
    const link = () => call(`/tool_router/session/${id}/link`, { ...here, body: { toolkit: 'strictoidc' } });
    expect(statuses(await repeat(MOST.links + 1, link))).toEqual([...times(MOST.links, 201), 429]);
  });

  describe('with a wrong key', () => {
    it('gets 429 instead of 401 after some, while a good key at the same address goes on', async () => {
      const address = '203.0.113.1';
      const wrong = await repeat(MOST.failures + 3, () =>
        call('/toolkits', from(address, { 'x-api-key': unique('ak_wrong') })),
      );
      expect(statuses(wrong)).toEqual([...times(MOST.failures, 401), ...times(3, 429)]);
      errorOf(wrong.at(-1) as Answer, 429);
      // One that was used before, and one that this gateway has never seen.
      const known = await call('/toolkits', { headers: { 'x-forwarded-for': address } });
      const fresh = await call('/toolkits', from(address, { 'x-api-key': await newProject() }));
      expect([known.status, fresh.status]).toEqual([200, 200]);
      const elsewhere = await call('/toolkits', from('203.0.113.2', { 'x-api-key': unique('ak_wrong') }));
      expect(elsewhere.status).toBe(401);
    });

    it('does not ask again for the same one', async () => {
      const asked = () =>
        metric(/^patchbay_bus_request_duration_seconds_count\{.*subject="auth\.keys\.verify"/);
      const key = unique('ak_loop');
      expect((await call('/toolkits', from('203.0.113.3', { 'x-api-key': key }))).status).toBe(401);
      const before = await asked();
      expect(before).toBeGreaterThan(0);
      const others = await repeat(30, () => call('/toolkits', from('203.0.113.3', { 'x-api-key': key })));
      expect(others.at(-1)?.status).toBe(429);
      expect(await asked()).toBe(before);
    });

    it('cannot say that it comes from elsewhere: what a client wrote before its proxy is not believed', async () => {
      const spoof = (index: number) => `10.9.${index}.1, 203.0.113.4`;
      const wrong = await repeat(MOST.failures + 1, (index) =>
        call('/toolkits', from(spoof(index), { 'x-api-key': unique('ak_wrong') })),
      );
      expect(wrong.at(-1)?.status).toBe(429);
      const forwarded = (index: number) => `2001:db8:1:2:${index}::1`;
      const of6 = await repeat(MOST.failures + 1, (index) =>
        call('/toolkits', from(forwarded(index), { 'x-api-key': unique('ak_wrong') })),
      );
      expect(of6.at(-1)?.status).toBe(429);
    });

    it('counts access tokens of MCP clients too, and answers in their protocol', async () => {
      const id = await createSession(
        { user_id: unique('mcp') },
        { baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey },
      );
      const ask = () =>
        call(`${test.platform.baseUrl}/tool_router/${id}/mcp`, {
          ...from('203.0.113.5', { authorization: `Bearer ${unique('mat')}` }),
          body: { jsonrpc: '2.0', id: 1, method: 'ping' },
        });
      const last = (await repeat(MOST.failures + 1, ask)).at(-1) as Answer;
      expect(last.status).toBe(429);
      expect(last.body).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_000 } });
      expect(waitOf(last)).toBeGreaterThanOrEqual(1);
    });
  });

  it('to guess links gets a page that says to wait, while a link that is known still opens', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey };
    const id = await createSession({ user_id: unique('links') }, here);
    const { body } = await call(`/tool_router/session/${id}/link`, {
      ...here,
      body: { toolkit: 'strictoidc' },
    });
    const { redirect_url: link } = z.object({ redirect_url: z.string() }).parse(body);
    const open = (url: string) => call(url, from('203.0.113.6'));
    expect((await open(link)).status).toBe(200);
    const base = link.slice(0, link.lastIndexOf('/'));
    const guesses = await repeat(MOST.guesses + 1, () => open(`${base}/${unique('lk')}`));
    expect(statuses(guesses)).toEqual([...times(MOST.guesses, 404), 429]);
    expect(guesses.at(-1)?.headers.get('content-type')).toContain('text/html');
    expect(waitOf(guesses.at(-1) as Answer)).toBeGreaterThanOrEqual(1);
    expect((await open(link)).status).toBe(200);
    const pages = await repeat(MOST.pages, () => open(link));
    expect(pages.at(-1)?.status).toBe(429);
  });

  it('without a credential is bounded by address at the authorization server, in its own words', async () => {
    const at = (path: string, address: string, body: object) =>
      call(`${test.platform.baseUrl}/oauth/${path}`, { ...from(address), body });
    const register = () => at('register', '203.0.113.7', { redirect_uris: ['http://127.0.0.1:1/cb'] });
    const registered = await repeat(MOST.registrations + 1, register);
    expect(statuses(registered)).toEqual([...times(MOST.registrations, 201), 429]);
    expect(registered.at(-1)?.body).toMatchObject({ error: 'slow_down' });
    expect(waitOf(registered.at(-1) as Answer)).toBeGreaterThanOrEqual(1);
    const refresh = () =>
      at('token', '203.0.113.8', {
        grant_type: 'refresh_token',
        refresh_token: unique('mrt'),
        client_id: 'x',
      });
    const grants = await repeat(MOST.failures + 1, refresh);
    expect(statuses(grants)).toEqual([...times(MOST.failures, 400), 429]);
    const revoke = await repeat(MOST.oauth + 1, () => at('revoke', '203.0.113.9', { token: unique('mat') }));
    expect(revoke.at(-1)?.status).toBe(429);
    const metadata = await repeat(MOST.anonymous + 1, () =>
      call(`${test.platform.baseUrl}/.well-known/oauth-authorization-server`, from('203.0.113.10')),
    );
    expect(statuses(metadata)).toEqual([...times(MOST.anonymous, 200), 429]);
  });

  it('in a batch counts as each of its messages', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: await newProject() };
    const id = await createSession({ user_id: unique('batch') }, here);
    const ping = (index: number) => ({ jsonrpc: '2.0', id: index, method: 'ping' });
    const batch = await call(`${test.platform.baseUrl}/tool_router/${id}/mcp`, {
      ...here,
      headers: { accept: 'application/json, text/event-stream' },
      body: times(MOST.user, 0).map((_, index) => ping(index)),
    });
    expect(batch.status).toBe(429);
    expect(batch.body).toMatchObject({ jsonrpc: '2.0', error: { code: -32_000 } });
  });

  it('slowly takes no more than the places of its project', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey };
    const user = unique('slow');
    const config = await call('/auth_configs', {
      body: {
        toolkit: { slug: 'keyed' },
        auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
      },
    });
    const { auth_config: made } = z.object({ auth_config: z.object({ id: z.string() }) }).parse(config.body);
    const account = await call('/connected_accounts', {
      body: {
        auth_config: { id: made.id },
        connection: {
          user_id: user,
          state: { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: test.keyed.keys.ada } },
        },
      },
    });
    expect(account.status).toBe(201);
    const id = await createSession({ user_id: user, preload: { tools: ['KEYED_WRITE_NOTE'] } }, here);
    const texts = times(ONE_AT_A_TIME.PATCHBAY_PROJECT_CONCURRENCY, 0).map(() => unique('held'));
    const asks = texts.map((text, at) => {
      const given = { text, hold: true };
      // A run of the playground is answered as a stream, and is work all the same.
      if (at > 0) return { path: 'execute', body: { tool_slug: 'KEYED_WRITE_NOTE', arguments: given } };
      const content = `use KEYED_WRITE_NOTE ${JSON.stringify(given)}`;
      return { path: 'playground', body: { messages: [{ role: 'user', content }] } };
    });
    const held = asks.map(({ path, body }) => call(`/tool_router/session/${id}/${path}`, { ...here, body }));
    try {
      const written = async (text: string) =>
        expect(await (await fetch(`${test.keyed.url}/notes?text=${text}`)).text()).toBe('{"times":1}');
      await eventually(() => Promise.all(texts.map(written)));
      const refused = await call('/toolkits/time');
      errorOf(refused, 429);
      expect(waitOf(refused)).toBe(1);
      expect((await call('/toolkits/time', { apiKey: await newProject() })).status).toBe(200);
    } finally {
      for (const text of texts) await fetch(`${test.keyed.url}/release?text=${text}`);
    }
    expect(statuses(await Promise.all(held))).toEqual(texts.map(() => 200));
    await eventually(async () => expect((await call('/toolkits/time')).status).toBe(200));
  });

  it('to listen takes no more streams than its project may have, which are no calls', async () => {
    const here: Call = { baseUrl: test.platform.baseUrl, apiKey: await newProject() };
    const id = await createSession({ user_id: unique('listens') }, here);
    const leave = new AbortController();
    const listen = () =>
      fetch(`${test.platform.baseUrl}/tool_router/${id}/mcp`, {
        headers: { 'x-api-key': String(here.apiKey), accept: 'text/event-stream' },
        signal: leave.signal,
      });
    try {
      const streams = [await listen(), await listen(), await listen()];
      expect(streams.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(Number(streams[0]?.headers.get('x-ratelimit'))).toBe(MOST.project);
      await streams[2]?.text();
    } finally {
      leave.abort();
    }
  });

  it('is refused where it would only cost: endless bodies, bottomless JSON, large forms', async () => {
    const never = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([0x7b])) });
    const slow = await fetch(`${test.platform.baseUrl}/api/v3.1/tool_router/session`, {
      method: 'POST',
      headers: { 'x-api-key': test.platform.apiKey, 'content-type': 'application/json' },
      body: never,
      duplex: 'half',
      // Without the setting it would be half a minute.
      signal: AbortSignal.timeout(20_000),
    } as RequestInit);
    expect(slow.status).toBe(408);
    const deep = `{"user_id":"a","x":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
    expect(errorOf(await call('/tool_router/session', { body: deep }), 400).message).toContain('nested');
    const wide = `{"user_id":"a","x":[${'0,'.repeat(600_000)}0]}`;
    expect(errorOf(await call('/tool_router/session', { body: wide }), 400).message).toContain('values');
    for (const key of ['__proto__', 'constructor']) {
      const body = `{"user_id":"a","${key}":{"prototype":{"polluted":true}}}`;
      expect((await call('/tool_router/session', { body })).status).toBe(400);
    }
    const form = await call(`${test.platform.baseUrl}/oauth/token`, {
      apiKey: null,
      body: 'x'.repeat(70_000),
    });
    expect(form.status).toBe(413);
    expect(await metric(/^patchbay_limit_refusals_total\{limit="slow_body"/)).toBe(1);
  });
});
