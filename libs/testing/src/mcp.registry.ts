import { freePort } from '@patchbay/local';
import { listenLocally, type LocalServer } from './local.server.js';
import { PUBLISHED_SERVERS } from './mcp.registry.records.js';
import { NOTES_PACKAGE } from './stdio.program.js';

/** An entry as a registry has it: what was published, and when. */
interface Entry {
  server: { name: string; version: string; title?: string; description?: string; packages?: object[] };
  status?: 'active' | 'deprecated' | 'deleted';
}

/** What the private registry of the tests wants. */
export const REGISTRY_TOKEN = 'registry-token';
const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const PUBLISHED_AT = '2026-03-01T08:00:00Z';

/**
 * A registry of MCP servers, by the official one's public API (`v0.1`: list, search, cursor, one version). It has what others
 * published there, and servers of the tests at `mcpUrl`. Below `/ours` is another one, which wants a token.
 */
export async function startMcpRegistry(mcpUrl: string): Promise<LocalServer> {
  const ours = ownServers(mcpUrl);
  const published = [...PUBLISHED_SERVERS.map((server) => ({ server })), ...ours];
  return listenLocally(await freePort(), (request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const isPrivate = url.pathname.startsWith('/ours/');
    if (isPrivate && request.headers.authorization !== `Bearer ${REGISTRY_TOKEN}`) {
      answer(401, { error: 'a token is wanted' });
      return;
    }
    const entries: Entry[] = isPrivate ? ours : published;
    const [, name, version] =
      /\/v0\.1\/servers(?:\/([^/]+)\/versions\/([^/]+))?$/
        .exec(url.pathname)
        ?.map((part) => (part === undefined ? part : decodeURIComponent(part))) ?? [];
    if (!name) answer(200, page(entries, url.searchParams));
    else {
      const all = entries.filter(({ server }) => server.name === name);
      const found = version === 'latest' ? all.at(-1) : all.find(({ server }) => server.version === version);
      if (found) answer(200, described(found, entries));
      else answer(404, { error: 'Server not found' });
    }
  });
}

function page(entries: Entry[], query: URLSearchParams) {
  const search = query.get('search')?.toLowerCase() ?? '';
  const limit = Math.min(Number(query.get('limit') ?? 30), 100);
  const found = entries
    .filter((entry) => query.get('version') !== 'latest' || isLatest(entry, entries))
    .filter(({ server }) => `${server.name}\n${server.description ?? ''}`.toLowerCase().includes(search));
  const at = Number(query.get('cursor')?.replace('at:', '') ?? 0);
  const servers = found.slice(at, at + limit);
  const next = at + limit < found.length ? `at:${at + limit}` : undefined;
  return {
    servers: servers.map((entry) => described(entry, entries)),
    metadata: { count: servers.length, ...(next && { nextCursor: next }) },
  };
}

const isLatest = (entry: Entry, entries: Entry[]) =>
  entries.findLast(({ server }) => server.name === entry.server.name) === entry;

function described({ server, status = 'active' }: Entry, entries: Entry[]) {
  const at = { publishedAt: PUBLISHED_AT, updatedAt: PUBLISHED_AT, statusChangedAt: PUBLISHED_AT };
  const entry = entries.find((one) => one.server === server);
  const latest = entry !== undefined && isLatest(entry, entries);
  return { server, _meta: { [OFFICIAL]: { status, ...at, isLatest: latest } } };
}

/** Servers that are there, as their makers would publish them. */
function ownServers(mcpUrl: string): Entry[] {
  const remote = (url: string, more: object = {}) => [{ type: 'streamable-http', url, ...more }];
  const key = {
    name: 'X-Key',
    description: 'Your key.',
    isRequired: true,
    isSecret: true,
    value: 'key-of-{person}',
    variables: { person: { description: 'Whose key it is.', isRequired: true, isSecret: true } },
  };
  const tenant = {
    name: 'X-Tenant',
    description: 'Your region.',
    default: 'eu',
    choices: ['eu', 'us'],
  };
  const at = {
    description: 'The name of your workspace.',
    isRequired: true,
    placeholder: 'acme',
  };
  const server = (name: string, version: string, description: string, remotes: object[]) => ({
    server: { name: `test.patchbay/${name}`, title: `Test ${name}`, version, description, remotes },
  });
  return [
    server('open-mcp', '1.0.0', 'An older one.', remote(`${mcpUrl}/sessions/older/mcp`)),
    server('open-mcp', '1.1.0', 'Adds numbers for everybody.', [
      { type: 'sse', url: `${mcpUrl}/sse` },
      ...remote(`${mcpUrl}/sessions/registry-open/mcp`, { headers: [tenant] }),
    ]),
    server(
      'keyed',
      '2.0.0',
      'Adds numbers for who has a key.',
      remote(`${mcpUrl}/keyed/{workspace}/mcp`, { headers: [key, tenant], variables: { workspace: at } }),
    ),
    {
      server: {
        name: 'test.patchbay/notes',
        title: 'Test notes',
        version: '1.0.0',
        description: 'Keeps notes, as a program.',
        packages: [NOTES_PACKAGE],
      },
    },
    {
      server: {
        ...server('several', '1.0.0', 'Has an address, and is a program as well.', [
          ...remote(`${mcpUrl}/sessions/registry-several/mcp`),
        ]).server,
        packages: [{ ...NOTES_PACKAGE, version: '9.9.9' }, NOTES_PACKAGE],
      },
    },
    server('private', '1.0.0', 'Has a sign-in of its own.', remote(`${mcpUrl}/private/registry/mcp`)),
    { ...server('gone', '1.0.0', 'Is deleted.', remote(`${mcpUrl}/sessions/gone/mcp`)), status: 'deleted' },
    server('inside', '1.0.0', 'Lies on a private host.', remote('http://10.0.0.7:8080/mcp')),
    server('broken', '1.0.0', 'Says what is no address.', [{ type: 'streamable-http', url: 7 }]),
  ];
}
