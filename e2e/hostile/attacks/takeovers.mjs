import { followLink } from '@patchbay/testing';
import { APP } from '../arena.mjs';
import { summary } from '../client.mjs';
import { json } from '../provider.mjs';
import { must } from './flood.mjs';
import { mcpServer } from './servers.mjs';

/** @typedef {import('../arena.mjs').Arena} Arena */

/** What an answer was, in the table's words. @param {{ status: number, body: any }} answer */
const told = (answer) => summary([{ status: 'fulfilled', value: answer }]);

/** An MCP server that writes down what it is sent. @param {Arena} arena @param {string} path */
function recordingServer({ provider }, path) {
  /** @type {import('node:http').IncomingHttpHeaders[]} */
  const seen = [];
  const serve = mcpServer({});
  provider.serve(path, (request, response, url) => {
    seen.push(request.headers);
    return serve(request, response, url);
  });
  return seen;
}

/** @param {import('../client.mjs').Client} client @param {string} slug @param {string} url @param {object} more */
const upsert = (client, slug, url, more = {}) =>
  client.must('POST', '/custom/toolkits/upsert', { slug, source: { type: 'mcp', url, ...more } });

/** @type {import('./index.mjs').Attack[]} */
export const takeovers = [
  {
    name: 'credentials: Bob calls after Alice brought a key of her own',
    run: async (arena) => {
      const { attacker, provider } = arena;
      const seen = recordingServer(arena, '/mcp/shared');
      await upsert(attacker, 'shared', `${provider.url}/mcp/shared`);
      const call = (/** @type {string} */ user, /** @type {object} */ more = {}) =>
        attacker.api('POST', '/tools/execute/SHARED_RUN', {
          body: { user_id: user, arguments: {}, ...more },
        });
      const parameters = [{ in: 'header', name: 'x-token', value: 'of-alice' }];
      await call('alice', { custom_auth_params: { parameters } });
      must(
        seen.some((headers) => headers['x-token'] === 'of-alice'),
        'nothing, as the attack was not made: the key did not arrive at all',
      );
      const before = seen.length;
      const answer = await call('bob');
      must(seen.length > before, 'nothing, as the attack was not made: Bob was not sent');
      must(
        seen.slice(before).every((headers) => headers['x-token'] === undefined),
        "Bob was sent with Alice's key",
      );
      return `Bob, with nothing: ${told(answer)}`;
    },
  },
  {
    name: "credentials: a toolkit's server moves, and its header with it",
    run: async (arena) => {
      const { attacker, provider } = arena;
      recordingServer(arena, '/mcp/before');
      const seen = recordingServer(arena, '/mcp/after');
      const headers = { 'x-tenant': 'the-secret' };
      await upsert(attacker, 'moving', `${provider.url}/mcp/before`, { headers });
      // The same server by another name is another origin.
      const elsewhere = provider.url.replace('127.0.0.1', 'localhost');
      await upsert(attacker, 'moving', `${elsewhere}/mcp/after`);
      const session = await attacker.session('mallory', ['moving']);
      await attacker.execute(session, 'MOVING_RUN', {});
      must(
        seen.every((given) => given['x-tenant'] === undefined),
        'the header of the server before',
      );
      return `${seen.length} requests without the header`;
    },
  },
  {
    name: 'credentials: Host, and a second Authorization, beside a stored credential',
    run: async ({ attacker, provider }) => {
      /** @type {import('node:http').IncomingHttpHeaders[]} */
      const seen = [];
      provider.serve('/notion/v1/', (request, response) => {
        seen.push(request.headers);
        json(response, { object: 'list', results: [] });
      });
      await attacker.connect('notion', 'victor', 'OAUTH2', { access_token: 'stored' }, APP);
      const answers = [];
      for (const [name, value] of [
        ['Host', 'evil.example'],
        ['authorization', 'Bearer mine'],
        ['X-Forwarded-Host', 'evil.example'],
        ['Content-Length', '1'],
        ['x\r\ny', 'z'],
      ]) {
        const body = {
          user_id: 'victor',
          arguments: {},
          custom_auth_params: { parameters: [{ in: 'header', name, value }] },
        };
        answers.push(await attacker.api('POST', '/tools/execute/NOTION_LIST_USERS', { body }));
      }
      must(
        seen.every(
          (headers) =>
            headers.host === provider.host && headers.authorization !== 'Bearer mine, Bearer stored',
        ),
        'a header of ours beside the stored credential',
      );
      must(
        seen.every((headers) => headers['x-forwarded-host'] === undefined),
        'a forwarded header',
      );
      return summary(answers.map((value) => ({ status: 'fulfilled', value })));
    },
  },
  {
    name: 'scope: a session narrowed to reading writes through the proxy',
    run: async ({ attacker, provider }) => {
      let written = 0;
      provider.serve('/notion/v1/', (request, response) => {
        request.resume();
        if (request.method !== 'GET') written += 1;
        json(response, {});
      });
      await attacker.connect('notion', 'mallory', 'OAUTH2', { access_token: 'token' }, APP);
      const answers = [];
      for (const more of [
        { tags: { enable: ['readOnlyHint'] } },
        { tools: { notion: { enable: ['NOTION_LIST_USERS'] } } },
      ]) {
        const session = await attacker.session('mallory', ['notion'], more);
        const body = { toolkit_slug: 'notion', endpoint: '/v1/pages', method: 'POST', body: {} };
        answers.push(await attacker.api('POST', `/tool_router/session/${session}/proxy_execute`, { body }));
      }
      must(written === 0, `${written} requests that write`);
      return summary(answers.map((value) => ({ status: 'fulfilled', value })));
    },
  },
  {
    name: 'anybody: a private host as the description of an OAuth client',
    run: async ({ platform, provider }) => {
      let reached = 0;
      provider.serve('/client.json', (request, response) => {
        reached += 1;
        json(response, {});
      });
      const address = new URL('/oauth/authorize', platform.baseUrl);
      address.search = String(
        new URLSearchParams({
          client_id: `${provider.url}/client.json`,
          response_type: 'code',
          redirect_uri: 'https://app.example/callback',
          code_challenge: 'x'.repeat(43),
          code_challenge_method: 'S256',
        }),
      );
      const { status } = await fetch(address, { redirect: 'manual' });
      must(reached === 0, `${reached} requests to a private host`);
      return `${status}, and the host was not called`;
    },
  },
  {
    name: 'Connect: a sign-in begun in one browser ends in another',
    run: async ({ platform, attacker, provider }) => {
      /** @type {string | null} */
      let state = null;
      let exchanged = 0;
      provider.serve('/authorize', (_request, response, url) => {
        state = url.searchParams.get('state');
        response.end('Sign in here.');
      });
      provider.serve('/exchange', (request, response) => {
        exchanged += 1;
        request.resume();
        json(response, { access_token: 'of-the-victim', token_type: 'bearer' });
      });
      const config = await attacker.must('POST', '/auth_configs', {
        toolkit: { slug: 'notion' },
        auth_config: { type: 'use_custom_auth', authScheme: 'OAUTH2', credentials: APP },
      });
      const link = await attacker.must('POST', '/connected_accounts/link', {
        auth_config_id: config.auth_config.id,
        user_id: 'mallory-signs-in',
      });
      // In the attacker's browser, as far as the provider's page.
      await followLink(link.redirect_url);
      must(state !== null, 'nothing, as the attack was not made: the sign-in did not begin');
      // The victim's browser has no cookie of the attacker's.
      const callback = new URL('/api/v3.1/toolkits/auth/callback', platform.baseUrl);
      callback.search = String(new URLSearchParams({ code: 'of-the-victim', state: String(state) }));
      const ended = await fetch(callback, { redirect: 'manual' });
      must(exchanged === 0, "the victim's code, exchanged for a token");
      const account = await attacker.must('GET', `/connected_accounts/${link.connected_account_id}`);
      must(account.status !== 'ACTIVE', "an account with the victim's token");
      return `${ended.status}, and the account is ${account.status}`;
    },
  },
];
