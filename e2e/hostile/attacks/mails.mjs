import { APP } from '../arena.mjs';
import { summary } from '../client.mjs';
import { json } from '../provider.mjs';
import { flood } from './flood.mjs';

const AT_ONCE = 8;

/** @param {string} html @returns {object} a message as Gmail answers it */
function mail(html) {
  return {
    id: 'm1',
    threadId: 't1',
    labelIds: ['INBOX'],
    snippet: 'Hello',
    payload: { mimeType: 'text/html', headers: [], body: { data: Buffer.from(html).toString('base64url') } },
  };
}

/** @param {object} message @param {number} times */
const read =
  (message, times = AT_ONCE) =>
  async (/** @type {import('../arena.mjs').Arena} */ { attacker, provider }) => {
    provider.serve('/gmail/gmail/v1/users/me/', (request, response) => json(response, message));
    await attacker.connect('gmail', 'mallory', 'OAUTH2', { access_token: 'token' }, APP);
    const session = await attacker.session('mallory', ['gmail']);
    return summary(
      await flood(times, AT_ONCE, () =>
        attacker.execute(session, 'GMAIL_FETCH_MESSAGE_BY_MESSAGE_ID', { message_id: 'm1' }),
      ),
    );
  };

/** @param {number} depth */
function nestedParts(depth) {
  return `{"mimeType":"multipart/mixed","parts":[`.repeat(depth) + '{}' + ']}'.repeat(depth);
}

/** @type {import('./index.mjs').Attack[]} */
export const mails = [
  { name: 'mail: 8 KB of nested <b>', run: read(mail('<b>'.repeat(2_700))) },
  { name: 'mail: 32 KB of nested <b>', run: read(mail('<b>'.repeat(11_000))) },
  { name: 'mail: 1 MB of tables in tables', run: read(mail('<table><tr><td>'.repeat(70_000))) },
  { name: 'mail: 2 MB of open brackets and stars', isLong: true, run: read(mail('[*_`'.repeat(500_000))) },
  { name: 'mail: 500,000 unclosed attributes', isLong: true, run: read(mail('<a href="'.repeat(200_000))) },
  {
    name: 'mail: 50,000 parts in each other',
    run: async (arena) => {
      const { attacker, provider } = arena;
      const body = `{"id":"m1","payload":${nestedParts(50_000)}}`;
      await read(mail(''), 1)(arena);
      provider.serve('/gmail/gmail/v1/users/me/', (request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      );
      const session = await attacker.session('mallory', ['gmail']);
      return summary(
        await flood(AT_ONCE, AT_ONCE, () =>
          attacker.execute(session, 'GMAIL_FETCH_MESSAGE_BY_MESSAGE_ID', { message_id: 'm1' }),
        ),
      );
    },
  },
  {
    name: 'Markdown: 64 KB of _a_',
    isLong: true,
    run: async ({ attacker, provider }) => {
      provider.serve('/jira/', (request, response) => json(response, { id: '1', key: 'ENG-1', self: 'x' }));
      await attacker.connect('jira', 'mallory', 'API_KEY', {
        subdomain: 'evil',
        email: 'mallory@evil.example',
        generic_api_key: 'key',
      });
      const session = await attacker.session('mallory', ['jira']);
      const issue = { project_key: 'ENG', summary: 'x', description: '_a_'.repeat(21_000) };
      return summary(
        await flood(AT_ONCE, AT_ONCE, () => attacker.execute(session, 'JIRA_CREATE_ISSUE', issue)),
      );
    },
  },
];
