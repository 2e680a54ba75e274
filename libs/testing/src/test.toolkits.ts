import {
  ACCEPTED,
  answerWith,
  authField,
  fileInput,
  fileOutput,
  httpTool,
  isLate,
  isSigned,
  refuse,
  serverToolkit,
  triggerType,
  type ToolkitSpec,
  type WebhookReceiver,
} from '@patchbay/toolkits';
import { z } from 'zod';
import { conformanceToolkit } from './conformance.toolkit.js';

export interface TestToolkitSettings {
  keyedUrl: string;
  oidcUrl: string;
  mcpUrl: string;
}

/** Toolkits of the tests' own, one a scheme that no shipped toolkit has. The platform loads them by their module. */
export function testToolkits({ keyedUrl, oidcUrl, mcpUrl }: TestToolkitSettings): ToolkitSpec[] {
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
  const source = { from: 'These tests', readOn: '2026-11-30' };
  const vendor = { categories: ['tests'], source };
  return [
    serverToolkit({
      ...vendor,
      slug: 'keyvendor',
      name: 'Keyvendor',
      description: 'A server that takes keys.',
      url: `${mcpUrl}/keyed/keyvendor/mcp`,
      auth: [
        {
          scheme: 'API_KEY',
          headers: { 'x-key': 'key-of-{{person}}' },
          fields: [{ ...authField('person', 'Person'), name: 'person' }],
          helpUrl: 'https://keyvendor.example/where-is-my-key',
        },
      ],
      important: ['draw'],
    }),
    serverToolkit({
      ...vendor,
      slug: 'signvendor',
      name: 'Signvendor',
      description: 'A server with a sign-in of its own.',
      url: `${mcpUrl}/private/signvendor/mcp`,
      auth: [{ scheme: 'DISCOVERED' }],
    }),
    serverToolkit({
      ...vendor,
      slug: 'awayvendor',
      name: 'Awayvendor',
      description: 'A server that nobody answers for.',
      url: 'http://127.0.0.1:1/mcp',
      auth: [{ scheme: 'DISCOVERED' }],
    }),
    serverToolkit({
      ...vendor,
      slug: 'openvendor',
      name: 'Openvendor',
      description: 'A server that is open to all.',
      url: `${mcpUrl}/stateless/openvendor/mcp`,
      auth: [{ scheme: 'NO_AUTH' }],
    }),
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
      triggers: [noteWritten, called],
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

const Notes = z.object({
  notes: z.array(z.object({ number: z.number(), text: z.string() })),
  last: z.number(),
});

/** Polled alone. Of notes by anybody, as the book is open to all. */
const noteWritten = triggerType({
  slug: 'KEYED_NOTE_WRITTEN',
  name: 'Note written',
  description: 'A note that begins with a text is written.',
  config: z.object({ prefix: z.string().default('').describe('What the notes begin with.') }),
  payload: z.object({ number: z.number(), text: z.string() }),
  async poll({ config: { prefix }, cursor, runtime: { http } }) {
    const after = cursor ? Number(cursor['after']) : 0;
    const { notes, last } = Notes.parse(
      await http.request({ method: 'GET', url: '/notes', query: { after } }),
    );
    if (!cursor) return { events: [], cursor: { after: last } };
    return {
      events: notes
        .filter(({ text }) => text.startsWith(prefix))
        .map((payload) => ({ id: String(payload.number), payload })),
      cursor: { after: notes.at(-1)?.number ?? after },
      more: (notes.at(-1)?.number ?? last) < last,
    };
  },
});

const Called = z.object({ id: z.string(), text: z.string(), team: z.string() });

/** Webhooks of an app: signed over time and body, for five minutes, after a handshake that teaches a token. */
const calls: WebhookReceiver = {
  toolkit: 'keyed',
  model: 'app',
  setupFields: {
    signing_secret: {
      displayName: 'Signing secret',
      description: 'Of the app.',
      required: true,
      secret: true,
    },
    app_id: { displayName: 'App id', description: 'Of the app.', required: false, secret: false },
  },
  verify(request, { secrets }) {
    const {
      'x-keyed-time': time = '',
      'x-keyed-signature': given,
      'x-keyed-handshake': token,
    } = request.headers;
    if (token) return answerWith({ status: 200, body: token }, { token });
    if (isLate(request, Number(time), 300)) return refuse('It is late.');
    const isGood = isSigned({
      secret: secrets['signing_secret'] ?? '',
      message: [time, request.body],
      given,
    });
    return isGood ? ACCEPTED : refuse('It is not signed by the app.');
  },
  open({ body }) {
    const called = Called.safeParse(JSON.parse(Buffer.from(body).toString()));
    return called.success ? [{ id: called.data.id, kind: 'called', body: called.data }] : [];
  },
};

/** Pushed alone. An account is of a team, and is told of what is that team's. */
const called = triggerType({
  slug: 'KEYED_CALLED',
  name: 'Called',
  description: 'Somebody calls.',
  config: z.object({}),
  payload: z.object({ text: z.string() }),
  webhook: {
    receiver: calls,
    async register({ runtime: { http } }) {
      const { name } = z
        .object({ name: z.string() })
        .parse(await http.request({ method: 'GET', url: '/me' }));
      return { hook: { team: name } };
    },
    events: ({ body }) => [
      { payload: { text: String(body['text']) }, matches: (_, hook) => hook['team'] === body['team'] },
    ],
  },
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
