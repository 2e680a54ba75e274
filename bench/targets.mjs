// What is measured, and the one call that each answers.

/** @typedef {import('./load.mjs').Target} Target */

const READ = { tool_slug: 'GITHUB_GET_A_REPOSITORY', arguments: { owner: 'bench', repo: 'hello' } };
const READ_LARGE = { ...READ, arguments: { owner: 'bench', repo: 'large' } };
const TIME = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} };

/** What the official JavaScript client sends with each first attempt at a request. */
const SDK_HEADERS = {
  accept: 'application/json',
  'user-agent': 'Composio/JS 0.1.0-alpha.76',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '60',
  'x-stainless-lang': 'js',
  'x-stainless-package-version': '0.1.0-alpha.76',
  'x-stainless-os': 'Linux',
  'x-stainless-arch': 'x64',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v24.0.0',
};

/** What the transport of MCP asks of a client. */
const MCP_HEADERS = { accept: 'application/json, text/event-stream' };

/**
 * @param {{ upstream: string, floor: string, patchbay: string, session: string, ownSession: string, searchSession?: string, sentences?: string[], apiKey: string }} where
 * @returns {Record<'upstream' | 'floor' | 'app tool' | 'SDK headers' | 'own auth config' | '100 KB answer' | 'over MCP' | 'own tool' | 'search', Target>}
 */
export function targetsAt({
  upstream,
  floor,
  patchbay,
  session,
  ownSession,
  searchSession,
  sentences = [],
  apiKey,
}) {
  const post = (origin, path, body, headers = {}) => ({
    origin,
    path,
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const executeIn = (id) => `/api/v3.1/tool_router/session/${id}/execute`;
  const execute = executeIn(session);
  return {
    upstream: { origin: upstream, path: '/repos/bench/hello', method: 'GET' },
    floor: post(floor, '/execute', READ),
    'app tool': post(patchbay, execute, READ),
    'SDK headers': post(patchbay, execute, READ, SDK_HEADERS),
    'own auth config': post(patchbay, executeIn(ownSession), READ),
    '100 KB answer': post(patchbay, execute, READ_LARGE),
    'over MCP': post(patchbay, `/tool_router/${session}/mcp`, toolsCall(READ), MCP_HEADERS),
    'own tool': post(patchbay, execute, TIME),
    search: {
      ...post(patchbay, `/api/v3.1/tool_router/session/${searchSession}/search`),
      mayFail: true,
      bodies: sentences.map((sentence) =>
        JSON.stringify({ queries: [{ use_case: `${sentence} number {n}` }] }),
      ),
    },
  };
}

function toolsCall({ tool_slug: name, arguments: given }) {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } };
}
