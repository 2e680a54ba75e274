const NAMES: Record<string, string> = {
  OAUTH2: 'OAuth',
  OAUTH1: 'OAuth 1',
  API_KEY: 'API key',
  BASIC: 'Password',
  BEARER_TOKEN: 'Token',
  GOOGLE_SERVICE_ACCOUNT: 'Service account',
  SERVICE_ACCOUNT: 'Service account',
  NO_AUTH: 'None',
  DCR_OAUTH: 'OAuth, registered by itself',
  S2S_OAUTH2: 'OAuth between servers',
  BASIC_WITH_JWT: 'Password for a token',
};

/** How one signs in, in words. */
export const schemeName = (scheme: string) => NAMES[scheme] ?? scheme;
export const schemeNames = (schemes: readonly string[]) => schemes.map(schemeName).join(', ');
