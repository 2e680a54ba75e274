import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authField, type AuthSpec } from '@patchbay/toolkits';

/** Toolkits of the operator's own, one a scheme, all at the test's provider. */
export async function writeToolkits(folder: string, url: string): Promise<string> {
  const secret = (name: string) => authField(name, name, { secret: true });
  const oauth = {
    authorizationUrl: `${url}/authorize`,
    tokenUrl: `${url}/token`,
    revocationUrl: `${url}/revoke`,
    scopes: ['read', 'write'],
  };
  const key = (placement: object, ...fields: ReturnType<typeof authField>[]): AuthSpec => ({
    scheme: 'API_KEY',
    placement,
    connectionFields: [secret('generic_api_key'), ...fields],
  });
  const auth: Record<string, AuthSpec> = {
    acme_oauth: { scheme: 'OAUTH2', ...oauth },
    acme_shop: {
      scheme: 'OAUTH2',
      ...oauth,
      authorizationUrl: `${url}/{shop}/authorize`,
      connectionFields: [authField('shop', 'Shop')],
    },
    acme_dcr: { scheme: 'DCR_OAUTH', ...oauth, registrationUrl: `${url}/register` },
    acme_cimd: { scheme: 'CIMD_OAUTH', ...oauth, issuer: url, namesIssuer: true },
    acme_resource: {
      scheme: 'DCR_OAUTH',
      ...oauth,
      registrationUrl: `${url}/register`,
      issuer: `${url}/`,
      resource: `${url}/mcp`,
    },
    acme_two: {
      scheme: 'OAUTH2',
      ...oauth,
      userScopeParameter: 'user_scope',
      userTokenField: 'authed_user',
    },
    acme_oauth1: {
      scheme: 'OAUTH1',
      requestTokenUrl: `${url}/request_token`,
      authorizationUrl: `${url}/authorize`,
      accessTokenUrl: `${url}/access_token`,
    },
    acme_s2s: { scheme: 'S2S_OAUTH2', tokenUrl: `${url}/token`, scopes: ['read'] },
    acme_google: { scheme: 'GOOGLE_SERVICE_ACCOUNT', tokenUrl: `${url}/token`, scopes: ['drive'] },
    acme_app: {
      scheme: 'SERVICE_ACCOUNT',
      tokenUrl: `${url}/app/installations/{installation_id}/access_tokens`,
    },
    acme_jwt: { scheme: 'BASIC_WITH_JWT', loginUrl: `${url}/login`, tokenField: 'jwt' },
    acme_key: key({ headers: { 'x-key': 'k {generic_api_key}' }, query: { key: '{generic_api_key}' } }),
    acme_host: key({ headers: { 'x-key': '{generic_api_key}' } }, authField('subdomain', 'Subdomain')),
    acme_site: {
      ...key({ headers: { authorization: 'Basic {generic_api_key:pin}' } }, secret('pin')),
      baseUrl: `${url}/sites/{site_id}`,
      lookup: { url: `${url}/sites`, values: { site_id: '0.id', site_url: '0.url' } },
    },
    acme_bearer: { scheme: 'BEARER_TOKEN' },
    acme_basic: { scheme: 'BASIC' },
  };
  const both = ['acme_cimd', 'acme_dcr'].flatMap((slug) => auth[slug] ?? []);
  const lists = Object.entries(auth).map(([slug, spec]) => [slug, [spec]] as const);
  const toolkits = [...lists, ['acme_both', both] as const].map(([slug, specs]) => ({
    slug,
    name: slug,
    description: 'A provider.',
    logo: 'data:,',
    categories: [],
    version: '20260101_00',
    baseUrl: slug === 'acme_host' ? 'https://{subdomain}.acme.example' : url,
    auth: specs,
    ...(slug === 'acme_bearer' && { currentUser: { path: '/me', displayName: 'login' } }),
    tools: ['READ', 'WRITE'].map((verb) => ({
      slug: `${slug.toUpperCase()}_${verb}`,
      scopes: [verb.toLowerCase()],
      ...(slug === 'acme_two' && verb === 'WRITE' && { token: 'user' }),
    })),
  }));
  const file = join(folder, 'toolkits.mjs');
  await writeFile(file, `export const toolkits = ${JSON.stringify(toolkits)};`);
  return file;
}
