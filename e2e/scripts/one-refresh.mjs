/**
 * `node e2e/scripts/one-refresh.mjs [--calls 200]`: calls at once on an expired account, through two replicas
 * of `auth` and two of `tools`, and prints what came of them. Everything is on loopback and stops by itself.
 * Exit code 1 unless all succeeded with one refresh at the provider.
 */
import { parseArgs } from 'node:util';
import { startRotatingPlatform } from './rotating.platform.mjs';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '200' } } });
const calls = Number(values.calls);

const { platform, provider, api, stop } = await startRotatingPlatform();
try {
  await Promise.all([platform.startReplica('auth'), platform.startReplica('tools')]);
  const sessionId = await sessionOfExpiredAccount();
  const answers = await Promise.all(
    Array.from({ length: calls }, () =>
      api('POST', `/tool_router/session/${sessionId}/execute`, { tool_slug: 'ROTATING_PING' }),
    ),
  );
  const succeeded = answers.filter(({ status, body }) => status === 200 && body.error === null).length;
  const { refreshed, reused } = provider.counts;
  console.log(
    `${calls} calls, ${succeeded} succeeded, ${refreshed} refresh, ${reused} reused refresh tokens`,
  );
  const failed = answers.find(({ status, body }) => status !== 200 || body.error !== null);
  if (failed) console.log(JSON.stringify(failed));
  process.exitCode = succeeded === calls && refreshed === 1 ? 0 : 1;
} finally {
  await stop();
}

/** Tokens that were got elsewhere: the refresh token is good, the access token has ended. */
async function sessionOfExpiredAccount() {
  const user_id = 'user_of_an_expired_account';
  const config = await api('POST', '/auth_configs', {
    toolkit: { slug: 'rotating' },
    auth_config: {
      type: 'use_custom_auth',
      authScheme: 'OAUTH2',
      credentials: { client_id: 'app', client_secret: 'secret' },
    },
  });
  const val = { status: 'ACTIVE', ...provider.issueExpired({ refreshedForSeconds: 3600 }) };
  await api('POST', '/connected_accounts', {
    auth_config: { id: config.body.auth_config.id },
    connection: { user_id, state: { authScheme: 'OAUTH2', val } },
  });
  const session = await api('POST', '/tool_router/session', {
    user_id,
    toolkits: { enable: ['rotating'] },
  });
  return session.body.session_id;
}
