import type { AuthSpec } from './auth-spec.js';

const SCOPE = 'https://www.googleapis.com/auth/';

/** Google's scopes by their last part, such as `drive.file`; a whole address stays as it is. */
export function googleScopes(...names: string[]): string[] {
  return names.map((name) => (name.startsWith('https:') ? name : SCOPE + name));
}

/** How accounts of every Google toolkit sign in (https://developers.google.com/identity/protocols/oauth2/web-server). */
export function googleAuth(...scopes: string[]): AuthSpec[] {
  return [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revocationUrl: 'https://oauth2.googleapis.com/revoke',
      scopes: googleScopes('userinfo.email', ...scopes),
      // Without both, only the very first sign-in of a person brings a refresh token.
      extraParameters: { access_type: 'offline', prompt: 'consent' },
    },
    {
      scheme: 'GOOGLE_SERVICE_ACCOUNT',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      scopes: googleScopes(...scopes),
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://developers.google.com/oauthplayground' },
  ];
}

/** Names the account by its address, whatever the toolkit's own API is. */
export const googleUser = {
  path: 'https://www.googleapis.com/oauth2/v2/userinfo',
  displayName: 'email',
};
