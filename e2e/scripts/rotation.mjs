/**
 * `node e2e/scripts/rotation.mjs [--generations 1000] [--accounts 20] [--kills 20]`: refreshes rotating tokens
 * while `auth` is killed with SIGKILL at random, and prints what the provider saw. Everything is on
 * loopback and stops by itself. Exit code 1 when a refresh token was used twice or an account was lost.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ApiError } from '@patchbay/client';
import { followLink } from '@patchbay/testing';
import { startRotatingPlatform } from './rotating.platform.mjs';

const { values } = parseArgs({
  options: {
    generations: { type: 'string', default: '1000' },
    accounts: { type: 'string', default: '20' },
    kills: { type: 'string', default: '20' },
  },
});
const [generations, accountCount, killCount] = [values.generations, values.accounts, values.kills].map(
  Number,
);
const TIME_LIMIT_MS = 10 * 60_000;

const { platform, provider, patchbay, stop } = await startRotatingPlatform();
const counts = { calls: 0, refused: 0, kills: 0 };
let isOver = false;
try {
  const sessions = await Promise.all(
    Array.from({ length: accountCount }, (_, index) => connect(`user_${index}`)),
  );
  const deadline = Date.now() + TIME_LIMIT_MS;
  const killing = killAtRandom();
  await Promise.all(sessions.map((session) => callUntilDone(session, deadline)));
  isOver = true;
  await killing;
  await platform.untilReady();
  const accounts = await Promise.all(sessions.map(({ accountId }) => patchbay.accounts.get(accountId)));
  const lost = accounts.filter(({ status }) => status !== 'ACTIVE');
  const { refreshed, reused } = provider.counts;
  console.log(`${refreshed} generations, ${reused} reused refresh tokens, ${lost.length} accounts lost`);
  for (const { id, status, status_reason } of lost) console.log(id, status, status_reason);
  console.log(
    `${counts.calls} calls, ${counts.refused} told to try again, ${counts.kills} times auth was killed`,
  );
  process.exitCode = reused === 0 && lost.length === 0 && refreshed >= generations ? 0 : 1;
} finally {
  isOver = true;
  await stop();
}

/** The provider asks no questions, so following the links is all there is to signing in. */
async function connect(userId) {
  const session = await patchbay.sessions.create({ user_id: userId, toolkits: { enable: ['rotating'] } });
  const link = await session.link('rotating');
  await followLink(link.redirect_url);
  return { session, accountId: link.connected_account_id };
}

async function callUntilDone({ session }, deadline) {
  while (provider.counts.refreshed < generations && Date.now() < deadline) {
    await session.execute('ROTATING_PING').catch((error) => {
      if (!(error instanceof ApiError)) throw error;
      counts.refused += 1;
    });
    counts.calls += 1;
    await delay(100);
  }
}

async function killAtRandom() {
  for (; counts.kills < killCount && !isOver; counts.kills += 1) {
    await delay(500 + Math.random() * 2_000);
    await platform.services.auth.stop('SIGKILL');
    await platform.services.auth.start();
    await platform.untilReady();
  }
}
