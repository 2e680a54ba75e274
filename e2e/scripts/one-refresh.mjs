/**
 * `node e2e/scripts/one-refresh.mjs [--calls 200]`: calls at once on an expired account, through two replicas
 * of `auth` and two of `tools`, and prints what came of them. Everything is on loopback and stops by itself.
 * Exit code 1 unless all succeeded with one refresh at the provider.
 */
import { parseArgs } from 'node:util';
import { startRotatingPlatform } from './rotating.platform.mjs';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '200' } } });
const calls = Number(values.calls);

const { platform, provider, patchbay, stop } = await startRotatingPlatform();
try {
  await Promise.all([platform.startReplica('auth'), platform.startReplica('tools')]);
  const session = await sessionOfExpiredAccount();
  const reasons = await Promise.all(Array.from({ length: calls }, () => reasonOfFailure(session)));
  const failed = reasons.filter(Boolean);
  const succeeded = calls - failed.length;
  const { refreshed, reused } = provider.counts;
  console.log(
    `${calls} calls, ${succeeded} succeeded, ${refreshed} refresh, ${reused} reused refresh tokens`,
  );
  if (failed.length > 0) console.log(failed[0]);
  process.exitCode = succeeded === calls && refreshed === 1 ? 0 : 1;
} finally {
  await stop();
}

async function reasonOfFailure(session) {
  const { error } = await session.execute('ROTATING_PING').catch((error) => ({ error: String(error) }));
  return error;
}

/** Tokens that were got elsewhere: the refresh token is good, the access token has ended. */
async function sessionOfExpiredAccount() {
  const user_id = 'user_of_an_expired_account';
  const { auth_config } = await patchbay.request('createAuthConfig', {
    body: {
      toolkit: { slug: 'rotating' },
      auth_config: {
        type: 'use_custom_auth',
        authScheme: 'OAUTH2',
        credentials: { client_id: 'app', client_secret: 'secret' },
      },
    },
  });
  const val = { status: 'ACTIVE', ...provider.issueExpired({ refreshedForSeconds: 3600 }) };
  await patchbay.request('createConnectedAccount', {
    body: {
      auth_config: { id: auth_config.id },
      connection: { user_id, state: { authScheme: 'OAUTH2', val } },
    },
  });
  return patchbay.sessions.create({ user_id, toolkits: { enable: ['rotating'] } });
}
