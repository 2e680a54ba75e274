import { describe, expect, it } from 'vitest';
import { PUBLISHED_SERVERS } from '@patchbay/testing';
import { chosenRemote } from './remote.choice.js';
import { remoteForm } from './remote.form.js';
import { readServerList, ServerRecord } from './server-record.js';

const published = (name: string) =>
  ServerRecord.parse({ server: PUBLISHED_SERVERS.find((server) => server.name === name) }).server;
/** The only address of an entry that has it. */
const formOf = (remote: object) => {
  const { server } = ServerRecord.parse({
    server: { name: 'test/one', version: '1', remotes: [{ type: 'streamable-http', ...remote }] },
  });
  return remoteForm(server.remotes[0] as never);
};
const at = (url: string, more: object = {}) => formOf({ url, ...more });
const header = (more: object) => at('https://mcp.example.com/mcp', { headers: [{ name: 'X-Key', ...more }] });
const issuesOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { issues?: string[] }).issues;
  }
  return undefined;
};

describe('an address of an entry, as its maker published it', () => {
  it('has a field for each variable of a header, and the header is made of it', () => {
    const [form, events] = published('io.github.PostHog/mcp').remotes.map(remoteForm);
    expect(form).toMatchObject({
      refusal: null,
      address: 'https://mcp.posthog.com/mcp',
      headers: { Authorization: 'Bearer {api_key}' },
      fields: [{ name: 'api_key', displayName: 'Api key', required: true, secret: true, place: 'header' }],
    });
    expect(events?.refusal).toMatch(/SSE/);
    expect(chosenRemote(form!, {})).toEqual({
      url: 'https://mcp.posthog.com/mcp',
      headers: {},
      auth: [
        {
          scheme: 'API_KEY',
          headers: { Authorization: 'Bearer {{api_key}}' },
          fields: [
            {
              name: 'api_key',
              displayName: 'Api key',
              description: 'Your PostHog personal API key',
              required: true,
              secret: true,
              default: null,
            },
          ],
        },
      ],
    });
    expect(chosenRemote(form!, { api_key: 'phx_1' })).toEqual({
      url: 'https://mcp.posthog.com/mcp',
      headers: { Authorization: 'Bearer phx_1' },
      auth: undefined,
    });
  });

  it('has a field for a header that says no more than its name', () => {
    const [form] = published('com.apify/apify-mcp-server').remotes.map(remoteForm);
    expect(form).toMatchObject({
      headers: { Authorization: '{authorization}' },
      fields: [{ name: 'authorization', displayName: 'Authorization', required: true, secret: true }],
    });
  });

  it('may leave a part of its host to users where one owner has all of that domain', () => {
    const [form] = published('com.example/tenants').remotes.map(remoteForm);
    expect(form?.fields).toMatchObject([{ name: 'tenant_id', place: 'address', isForAll: false }]);
    expect(chosenRemote(form!, { tenant_id: 'acme' })).toMatchObject({
      url: 'https://acme.api.example.com/mcp',
      auth: undefined,
    });
    expect(chosenRemote(form!, {})).toMatchObject({
      url: 'https://{tenant_id}.api.example.com/mcp',
      auth: [{ headers: {}, fields: [{ name: 'tenant_id' }] }],
    });
  });
});

describe('an address of an entry', () => {
  it.each([
    ['https://{host}/mcp'],
    ['https://{name}.workers.dev/mcp'],
    ['https://{name}.com/mcp'],
    ['https://mcp.example.com:{port}/mcp'],
    ['https://{a}example.com/mcp'],
  ])('is chosen by who adds it, where a value leads anywhere: %s', (url) => {
    const form = at(url);
    expect(form.fields).toMatchObject([{ isForAll: true, required: true }]);
    expect(issuesOf(() => chosenRemote(form, {}))).toEqual([expect.stringContaining('is required')]);
  });

  it.each(['evil.com/x', 'evil.com#', 'a@evil.com', '..', 'a?b', 'a%2fb', 'é', ''])(
    'takes no value that leads elsewhere: %j',
    (tenant) => {
      const form = at('https://{tenant}.api.example.com/{tenant}/mcp');
      expect(issuesOf(() => chosenRemote(form, { tenant }))).toHaveLength(1);
    },
  );

  it('that begins with a variable takes a whole address there, and nothing behind it', () => {
    const form = at('{baseUrl}/mcp', { variables: { baseUrl: { description: 'Yours.' } } });
    expect(form.fields).toMatchObject([{ name: 'base_url', displayName: 'Base url', isForAll: true }]);
    const chosen = (base_url: string) => chosenRemote(form, { base_url });
    expect(chosen('https://mcp.acme.example/base/').url).toBe('https://mcp.acme.example/base/mcp');
    for (const odd of ['mcp.acme.example', 'https://a:b@x.example', 'https://x.example/?a', 'file:///etc'])
      expect(issuesOf(() => chosen(odd))).toHaveLength(1);
  });

  it.each([
    ['ftp://x.example', /neither http nor https/],
    ['https://a:b@x.example/mcp', /credential/],
    ['https://x.example/{', /braces/],
    ['{baseUrl}.evil.com', /behind a variable/],
    ['https://x.example/?{name}=1', /name of a parameter/],
    ['https://x.example/?a=%E0%A4%A{b}', /cannot be read/],
  ])('that is none is refused with the reason: %s', (url, reason) => {
    expect(at(url).refusal).toMatch(reason);
  });

  it('keeps no secret in its path, and takes one as a parameter from accounts alone', () => {
    const variables = { key: { isRequired: true, isSecret: true } };
    expect(at('https://x.example/s/{key}/mcp', { variables }).refusal).toMatch(/secret/);
    const form = at('https://x.example/mcp?tools=all&api_key={key}', { variables });
    expect(form).toMatchObject({ refusal: null, address: 'https://x.example/mcp?tools=all' });
    expect(chosenRemote(form, {})).toMatchObject({
      url: 'https://x.example/mcp?tools=all',
      auth: [{ headers: {}, query: { api_key: '{{key}}' } }],
    });
    expect(issuesOf(() => chosenRemote(form, { key: 's3cret' }))).toEqual([
      expect.stringContaining('leave it to the accounts'),
    ]);
  });

  it('sends no secret of everybody to a host that users name', () => {
    const form = at('https://{tenant}.api.example.com/mcp', {
      headers: [{ name: 'X-Key', isSecret: true, isRequired: true }],
    });
    expect(issuesOf(() => chosenRemote(form, { x_key: 'k' }))).toEqual([expect.stringContaining('tenant')]);
    expect(chosenRemote(form, { x_key: 'k', tenant: 'acme' })).toMatchObject({ headers: { 'X-Key': 'k' } });
  });
});

describe('a header of an entry', () => {
  it.each([
    ['Bearer ${API_KEY}', 'Bearer {api_key}'],
    ['Bearer {{ API_KEY }}', 'Bearer {api_key}'],
    ['{a}:{b}:{a}', '{a}:{b}:{a}'],
  ])('is read as it is meant: %s', (value, template) => {
    expect(header({ value, isRequired: true })).toMatchObject({
      refusal: null,
      headers: { 'X-Key': template },
    });
  });

  it('without a variable is the same for everybody', () => {
    expect(chosenRemote(header({ value: 'v1' }), {})).toMatchObject({
      headers: { 'X-Key': 'v1' },
      auth: undefined,
    });
  });

  it('is not asked for where the client sends it anyway, and refused where only the platform may', () => {
    const accept = { name: 'Accept', value: 'application/json', isRequired: true };
    expect(header(accept)).toMatchObject({ refusal: null, headers: {}, fields: [] });
    expect(header({ name: 'X-Forwarded-For' })).toMatchObject({ refusal: null, headers: {}, fields: [] });
    expect(header({ name: 'Host', isRequired: true }).refusal).toMatch(/only the platform/);
    expect(header({ name: 'X Key', isRequired: true }).refusal).toMatch(/no name of a header/);
  });

  it('has values out of its choices alone, and no half of a secret stands in clear', () => {
    const region = header({ choices: ['eu', 'us'], isRequired: true });
    expect(issuesOf(() => chosenRemote(region, { x_key: 'mars' }))).toEqual([
      expect.stringContaining('eu, us'),
    ]);
    const two = header({
      value: '{user}:{key}',
      variables: { user: { isRequired: true }, key: { isRequired: true, isSecret: true } },
    });
    expect(issuesOf(() => chosenRemote(two, { key: 'k' }))).toEqual([
      expect.stringContaining('give all of them'),
    ]);
    expect(chosenRemote(two, { user: 'ada' })).toMatchObject({
      auth: [{ headers: { 'X-Key': 'ada:{{key}}' } }],
    });
  });

  it('that need not be there is asked for only where the server wants a sign-in', () => {
    const form = at('https://x.example/mcp', {
      headers: [
        { name: 'X-Region', default: 'eu' },
        { name: 'X-Key', isSecret: true },
      ],
    });
    expect(chosenRemote(form, {})).toMatchObject({
      headers: { 'X-Region': 'eu' },
      auth: [{ optional: true, headers: { 'X-Key': '{{x_key}}' } }],
    });
  });

  it('is never given a name that the platform reads as something else', () => {
    const form = at('https://x.example/mcp', { headers: [{ name: 'access_token', isRequired: true }] });
    expect(form.fields).toMatchObject([{ name: 'access_token_2' }]);
  });
});

describe('a page of a registry', () => {
  it('loses a bad entry and no other, and says how many', () => {
    const good = { server: { name: 'a.b/c', version: '1', description: null } };
    const bad = [{ server: { name: 'no slash', version: '1' } }, { server: { name: 'a.b/d' } }, null, 7];
    const read = readServerList({ servers: [...bad, good], metadata: null });
    expect(read).toMatchObject({ servers: [{ server: { name: 'a.b/c' } }], unreadable: 4, nextCursor: null });
  });

  it('says of an address that it cannot be read, rather than leaving out what it asks for', () => {
    const remotes = [
      { type: 'streamable-http', url: 'https://x.example', headers: [{ name: 'X-Key', value: { a: 1 } }] },
      { type: 'streamable-http', url: 7 },
    ];
    const { server } = ServerRecord.parse({ server: { name: 'a.b/c', version: '1', remotes } });
    for (const form of server.remotes.map(remoteForm))
      expect(form.refusal).toMatch(/not as server.json has it/);
  });

  it('opens no page that is not one', () => {
    const { server } = ServerRecord.parse({
      server: {
        name: 'a.b/c',
        version: '1',
        websiteUrl: 'javascript:alert(1)',
        repository: { url: 'ssh://x' },
      },
    });
    expect([server.websiteUrl, server.repository.url]).toEqual([null, null]);
  });
});
