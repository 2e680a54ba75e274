import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://discord.com/api/v10';

describeToolkit(shipped('discord'), [
  one('DISCORD_GET_MY_USER', {}, `GET ${API}/users/@me`, {
    headers: { authorization: 'Bearer test-token' },
    answer: { id: '1' },
  }),
  one(
    'DISCORD_LIST_MY_GUILDS',
    { limit: 5, with_counts: true },
    `GET ${API}/users/@me/guilds?limit=5&with_counts=true`,
    {
      answer: [{ id: '7' }],
      data: { guilds: [{ id: '7' }] },
    },
  ),
  one('DISCORD_GET_MY_GUILD_MEMBER', { guild_id: '7' }, `GET ${API}/users/@me/guilds/7/member`, {
    answer: { roles: ['9'] },
  }),
  one('DISCORD_LIST_MY_CONNECTIONS', {}, `GET ${API}/users/@me/connections`, {
    answer: [{ id: 'x' }],
    data: { connections: [{ id: 'x' }] },
  }),
  one(
    'DISCORD_GET_INVITE',
    { invite_code: 'abc', with_counts: true },
    `GET ${API}/invites/abc?with_counts=true`,
    { answer: { code: 'abc' } },
  ),
]);
