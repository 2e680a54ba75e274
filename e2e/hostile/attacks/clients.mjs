import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { newProject } from '../arena.mjs';
import { summary } from '../client.mjs';
import { json } from '../provider.mjs';
import { flood, must } from './flood.mjs';

/** @typedef {import('../arena.mjs').Arena} Arena */

/** @param {PromiseSettledResult<{ status: number }>[]} settled @param {number} status */
const count = (settled, status) =>
  settled.filter((result) => result.status === 'fulfilled' && result.value.status === status).length;

/** Bytes by hand, on connections that stay open. @param {Arena} arena @param {number} connections @param {(socket: import('node:net').Socket) => void} write */
async function hold({ platform }, connections, write, longestMs = 75_000) {
  const { hostname, port } = new URL(platform.baseUrl);
  const began = Date.now();
  const ended = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined).resume();
      write(socket);
      const wasClosed = await Promise.race([
        closed.then(() => true),
        delay(longestMs, false, { ref: false }),
      ]);
      socket.destroy();
      return wasClosed;
    }),
  );
  const open = ended.filter((wasClosed) => !wasClosed).length;
  must(open === 0, `${open} of ${connections} connections were held for more than ${longestMs} ms`);
  return `${connections} connections, all closed after ${Math.round((Date.now() - began) / 1_000)} s`;
}

/** @param {Arena} arena @param {string} path */
const head = ({ platform, attacker }, path) =>
  `POST ${path} HTTP/1.1\r\nhost: ${new URL(platform.baseUrl).host}\r\nx-api-key: ${attacker.apiKey}\r\ncontent-type: application/json\r\n`;

/** @type {import('./index.mjs').Attack[]} */
export const clients = [
  {
    name: 'client: 2,000 wrong keys',
    run: async ({ attacker }) => {
      const settled = await flood(2_000, 50, (index) =>
        attacker.api('GET', '/auth_configs', {
          headers: { 'x-api-key': `ak_${String(index).padStart(32, 'x')}` },
        }),
      );
      must(count(settled, 429) > 1_000, `only ${count(settled, 429)} of 2,000 wrong keys were held back`);
      must(count(settled, 200) === 0, 'a wrong key was let in');
      return summary(settled);
    },
  },
  {
    name: 'client: 1,000 guesses of link tokens',
    run: async ({ platform, attacker }) => {
      const settled = await flood(1_000, 50, (index) =>
        attacker.api('GET', `${platform.baseUrl}/link/lk_${String(index).padStart(32, 'x')}`),
      );
      must(count(settled, 429) > 500, `only ${count(settled, 429)} of 1,000 guesses were held back`);
      return `${count(settled, 404)} × 404, ${count(settled, 429)} × 429`;
    },
  },
  {
    name: 'client: 1,500 sessions',
    isLong: true,
    run: async ({ platform }) => {
      const client = await newProject(platform, 'sessions');
      const settled = await flood(1_500, 50, (index) =>
        client.api('POST', '/tool_router/session', { body: { user_id: `user-${index}` } }),
      );
      must(count(settled, 429) > 200, `only ${count(settled, 429)} of 1,500 sessions were held back`);
      return `${count(settled, 201)} × 201, ${count(settled, 429)} × 429`;
    },
  },
  {
    name: 'client: 4 MB of lists in each other',
    run: async ({ attacker }) => {
      const deep = `{"a":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`;
      return summary(await flood(8, 4, () => attacker.api('POST', '/tool_router/session', { body: deep })));
    },
  },
  {
    name: 'client: 4 MB of keys of one object',
    isLong: true,
    run: async ({ attacker }) => {
      const wide = `{${Array.from({ length: 300_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
      return summary(await flood(8, 4, () => attacker.api('POST', '/tool_router/session', { body: wide })));
    },
  },
  {
    name: 'client: 100 bodies that never end',
    isLong: true,
    run: (arena) =>
      hold(arena, 100, (socket) =>
        socket.write(`${head(arena, '/api/v3.1/tool_router/session')}content-length: 1000\r\n\r\n{`),
      ),
  },
  {
    name: 'client: 100 requests that never end their headers',
    isLong: true,
    run: (arena) => hold(arena, 100, (socket) => socket.write(head(arena, '/api/v3.1/tool_router/session'))),
  },
  {
    name: 'client: 300 calls at once that the provider never answers',
    isLong: true,
    run: async ({ attacker, provider }) => {
      provider.serve('/slow', (request) => void request.resume());
      const session = await attacker.session('mallory', ['webfetch']);
      return summary(
        await flood(300, 300, () =>
          attacker.execute(session, 'WEBFETCH_FETCH_PAGE', { url: `${provider.url}/slow` }),
        ),
      );
    },
  },
  {
    name: 'client: 2,000 calls, 100 at once',
    isLong: true,
    run: async ({ attacker, provider }) => {
      provider.serve('/quick', (request, response) => json(response, {}));
      const session = await attacker.session('mallory', ['webfetch']);
      return summary(
        await flood(2_000, 100, () =>
          attacker.execute(session, 'WEBFETCH_FETCH_PAGE', { url: `${provider.url}/quick` }),
        ),
      );
    },
  },
];
