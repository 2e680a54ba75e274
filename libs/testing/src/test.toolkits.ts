import { authField, fileInput, fileOutput, httpTool, type ToolkitSpec } from '@patchbay/toolkits';
import { z } from 'zod';
import { conformanceToolkit } from './conformance.toolkit.js';

export interface TestToolkitSettings {
  keyedUrl: string;
  oidcUrl: string;
}

/** Toolkits of the tests' own, one a scheme that no shipped toolkit has. The platform loads them by their module. */
export function testToolkits({ keyedUrl, oidcUrl }: TestToolkitSettings): ToolkitSpec[] {
  const shared = {
    logo: 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"%3E%3Crect width="24" height="24" rx="6" fill="%23366"/%3E%3C/svg%3E',
    categories: ['tests'],
    version: '20261122_00',
  };
  const oauth = {
    authorizationUrl: `${oidcUrl}/auth`,
    tokenUrl: `${oidcUrl}/token`,
    revocationUrl: `${oidcUrl}/token/revocation`,
    scopes: ['openid', 'offline_access'],
    // OpenID Connect Core, section 11: without it there is no refresh token.
    extraParameters: { prompt: 'consent' },
  };
  return [
    conformanceToolkit({ ...shared, baseUrl: keyedUrl }),
    {
      ...shared,
      slug: 'keyed',
      name: 'Keyed',
      description: 'Takes an API key.',
      baseUrl: keyedUrl,
      auth: [
        {
          scheme: 'API_KEY',
          placement: { headers: { 'x-api-key': '{generic_api_key}' } },
          connectionFields: [
            authField('generic_api_key', 'API key', {
              secret: true,
              description: 'Under Settings, then Developers.',
            }),
            authField('region', 'Region', { required: false, default: 'eu' }),
          ],
          helpUrl: 'https://keyed.example/where-is-my-key',
        },
      ],
      currentUser: { path: '/me', displayName: 'name' },
      tools: [
        httpTool({
          slug: 'KEYED_ECHO',
          name: 'Echo',
          description: 'Says who asks, and repeats the text.',
          method: 'GET',
          path: '/echo',
          input: z.object({ text: z.string().describe('What is repeated.') }),
          tags: ['important', 'readOnlyHint'],
        }),
        httpTool({
          slug: 'KEYED_WRITE_NOTE',
          name: 'Write a note',
          description: 'Writes a note into a book from which none is ever taken out.',
          method: 'POST',
          path: '/notes',
          input: z.object({
            text: z.string().describe('What to write.'),
            hold: z.boolean().optional().describe('true: the answer waits until it is released.'),
          }),
          tags: ['createHint'],
        }),
        whoAmI('KEYED'),
      ],
    },
    filing({ ...shared, baseUrl: keyedUrl }),
    {
      ...shared,
      slug: 'basicly',
      name: 'Basicly',
      description: 'Takes a name and a password.',
      baseUrl: keyedUrl,
      auth: [{ scheme: 'BASIC' }],
      currentUser: { path: '/me', displayName: 'name' },
      tools: [whoAmI('BASICLY')],
    },
    {
      ...shared,
      slug: 'strictoidc',
      name: 'Strict OIDC',
      description: 'A strict OpenID provider.',
      baseUrl: `${oidcUrl}/api`,
      auth: [{ scheme: 'OAUTH2', ...oauth }],
      currentUser: { path: '/me', displayName: 'name' },
      tools: [whoAmI('STRICTOIDC')],
    },
    {
      ...shared,
      slug: 'registering',
      name: 'Registering',
      description: 'Clients register themselves.',
      baseUrl: `${oidcUrl}/api`,
      auth: [{ scheme: 'DCR_OAUTH', ...oauth, registrationUrl: `${oidcUrl}/reg` }],
      currentUser: { path: '/me', displayName: 'name' },
      tools: [whoAmI('REGISTERING')],
    },
  ];
}

/** Tools that take and give files, and one that is deprecated; none needs an account. */
const filing = (shared: Pick<ToolkitSpec, 'logo' | 'categories' | 'version' | 'baseUrl'>): ToolkitSpec => ({
  ...shared,
  slug: 'filing',
  name: 'Filing',
  description: 'Takes files and gives some.',
  tools: [
    httpTool({
      slug: 'FILING_PUT_AWAY',
      name: 'Put away',
      description: 'Puts a file away.',
      method: 'POST',
      path: '/files/taken',
      input: z.object({ file: fileInput('What to put away.'), title: z.string().describe('Its title.') }),
      body: { type: 'multipart' },
      tags: ['important'],
    }),
    httpTool({
      slug: 'FILING_TAKE_OUT',
      name: 'Take out',
      description: 'Takes a file out.',
      method: 'GET',
      path: '/files/given',
      input: z.object({}),
      output: z.object({ file: fileOutput('What was taken out.') }),
      tags: ['readOnlyHint'],
    }),
    httpTool({
      slug: 'FILING_OLD_WAY',
      name: 'Old way',
      description: 'As it was done before.',
      method: 'GET',
      path: '/open',
      input: z.object({}),
      deprecated: true,
      tags: ['readOnlyHint'],
    }),
  ],
});

const whoAmI = (prefix: string) =>
  httpTool({
    slug: `${prefix}_WHO_AM_I`,
    name: 'Who am I',
    description: 'Says whose account it is.',
    method: 'GET',
    path: '/me',
    input: z.object({}),
    tags: ['important', 'readOnlyHint'],
  });
