import type { Credential, TokenCredential } from './credential.js';

/** Which of an account's tokens: the one it was connected with, or the person's own beside the app's. */
export type TokenPart = 'main' | 'user';

/** The tokens that a credential has. */
export function partsOf(credential: Credential): TokenPart[] {
  return credential.kind === 'tokens' && credential.user ? ['main', 'user'] : ['main'];
}

/**
 * The token that a tool goes out with.
 * @param wanted `user` for a tool that only a person's own token may run
 */
export function partFor(credential: Credential, wanted: 'user' | undefined): TokenPart {
  return wanted === 'user' && partsOf(credential).includes('user') ? 'user' : 'main';
}

/** Whether it is known that the account has only the app's token. */
export function isAppsAlone(credential: Credential): boolean {
  return credential.kind === 'tokens' && credential.actsAs === 'app' && !credential.user;
}

/** One of its tokens, as a credential of its own: it is placed, named and refreshed like any other. */
export function partOf(credential: Credential, part: TokenPart): Credential {
  if (part === 'main' || credential.kind !== 'tokens' || !credential.user) return credential;
  const { user, ...rest } = credential;
  return { ...rest, ...user, issuedAt: user.issuedAt, actsAs: 'user' };
}

/** The whole again, with one of its tokens refreshed. */
export function withPart(credential: Credential, part: TokenPart, refreshed: Credential): Credential {
  if (part === 'main' || credential.kind !== 'tokens' || refreshed.kind !== 'tokens') return refreshed;
  const { accessToken, tokenType, refreshToken, expiresAt, issuedAt, scope } = refreshed;
  const user: TokenCredential['user'] = { accessToken, tokenType, refreshToken, expiresAt, issuedAt, scope };
  return { ...credential, user };
}
