import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const TOKEN_LIFE_SECONDS = 2;
const SLOWEST_MS = 400;

/**
 * An OAuth provider without mercy: tokens live for two seconds, a refresh token is good once, a second use
 * of one ends the whole account, and answers are slow at random, after the rotation is done.
 * It signs in everyone.
 */
export async function startRotatingProvider() {
  /** By account: how often its tokens were refreshed, and what is good now. */
  const accounts = new Map();
  const counts = { refreshed: 0, reused: 0 };

  function issue(account, seconds = account.lifeSeconds) {
    account.accessToken = `at-${account.id}-${randomBytes(6).toString('hex')}`;
    account.refreshToken = `rt-${account.id}-${randomBytes(6).toString('hex')}`;
    account.expiresAt = Date.now() + seconds * 1000;
    const { accessToken: access_token, refreshToken: refresh_token } = account;
    return { access_token, refresh_token, token_type: 'bearer', expires_in: seconds };
  }

  function open(lifeSeconds) {
    const account = { id: String(accounts.size), lifeSeconds, isRevoked: false };
    accounts.set(account.id, account);
    return account;
  }

  const signIn = () => issue(open(TOKEN_LIFE_SECONDS));
  /** Tokens of a new account whose access token is over already. */
  const issueExpired = ({ refreshedForSeconds }) => issue(open(refreshedForSeconds), 0.001);

  async function refresh(refreshToken) {
    const account = accounts.get(refreshToken.split('-')[1]);
    if (!account || account.isRevoked || account.refreshToken !== refreshToken) {
      counts.reused += 1;
      if (account) account.isRevoked = true;
      return undefined;
    }
    counts.refreshed += 1;
    const tokens = issue(account);
    await delay(Math.random() * SLOWEST_MS);
    return tokens;
  }

  const respond = async (request, response) => {
    const url = new URL(request.url, 'http://provider');
    const answer = (status, body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', 'any');
      back.searchParams.set('state', url.searchParams.get('state'));
      return response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === '/token') {
      let body = '';
      for await (const chunk of request) body += chunk;
      const form = new URLSearchParams(body);
      if (form.get('grant_type') === 'authorization_code') return answer(200, signIn());
      const tokens = await refresh(form.get('refresh_token') ?? '');
      return tokens ? answer(200, tokens) : answer(400, { error: 'invalid_grant' });
    }
    const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
    const account = accounts.get(token.split('-')[1]);
    const isGood = account?.accessToken === token && account.expiresAt > Date.now();
    return isGood ? answer(200, { account: account.id }) : answer(401, { message: 'expired' });
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,
    issueExpired,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
