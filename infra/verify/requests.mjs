import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 30_000;
const PAUSE_MS = 20;
const MCP_VERSION = '2025-06-18';
/** Of MCP, what comes with 200. */
const REFUSED = /"isError":\s*true|"error":\s*\{\s*"code"/;

/** Asks again and again for what programs and agents ask beside calls, one thing after the other. */
export function startRequests({ baseUrl, apiKey }) {
  /** `calls`: those of a tool, which are on the record too. */
  const told = { requests: 0, calls: 0, failures: [] };
  let isOver = false;
  const running = askUntilOver();

  async function askUntilOver() {
    while (!isOver) {
      const session = await ask('POST /tool_router/session', {
        user_id: 'requests',
        toolkits: { enable: ['github'] },
      });
      const of = session && `/tool_router/session/${session.session_id}`;
      const asked = [
        ...(of ? [[`GET ${of}`], [`GET ${of}/tools`], [`GET ${of}/toolkits`]] : []),
        ...(of ? [[`GET ${of}/story`], [`POST ${of}/link`, { toolkit: 'github' }]] : []),
        ['GET /connected_accounts?limit=5'],
        ['GET /auth_configs?limit=5'],
        ['GET /toolkits?limit=5'],
        ['GET /tools?toolkit_slug=github&limit=5'],
        ['POST /logs/tool_execution', { limit: 5 }],
        ['POST /project/usage/summary', {}],
        ['POST /project/usage/tool_calls', {}],
        ['GET /org/project/config'],
      ];
      for (const [what, body] of asked) await ask(what, body);
      if (session) await speakMcp(session.mcp.url);
    }
  }

  async function ask(what, body) {
    const [method, path] = what.split(' ');
    // Of one kind of request, whatever its session.
    const name = what.replace(/trs_[\w-]+/, ':id').replace(/\?.*/, '');
    return send(name, `${baseUrl}/api/v3.1${path}`, { method, body }).then((answer) => answer?.body);
  }

  async function speakMcp(url) {
    const params = {
      protocolVersion: MCP_VERSION,
      capabilities: {},
      clientInfo: { name: 'requests', version: '1' },
    };
    const begun = await message('initialize', params);
    if (!begun) return;
    const id = begun.headers.get('mcp-session-id');
    const headers = { 'mcp-protocol-version': MCP_VERSION, ...(id && { 'mcp-session-id': id }) };
    await message('tools/list', {}, headers);
    const search = { queries: [{ use_case: 'get a repository' }] };
    const call = { name: 'COMPOSIO_SEARCH_TOOLS', arguments: search };
    if (await message('tools/call', call, headers)) told.calls += 1;

    function message(name, given, more) {
      const body = { jsonrpc: '2.0', id: 1, method: name, params: given };
      const accept = 'application/json, text/event-stream';
      return send(`MCP ${name}`, url, {
        method: 'POST',
        body,
        headers: { accept, ...more },
        refused: REFUSED,
      });
    }
  }

  async function send(name, url, { method, body, headers, refused }) {
    told.requests += 1;
    try {
      const answer = await fetch(url, {
        method,
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      const text = await answer.text();
      if (!answer.ok || refused?.test(text)) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
      await delay(PAUSE_MS);
      return { headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
    } catch (error) {
      told.failures.push({ name, text: `${name}: ${String(error.message)}` });
      await delay(100);
      return undefined;
    }
  }

  return {
    told,
    async stop() {
      isOver = true;
      await running;
    },
  };
}
