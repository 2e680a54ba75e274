import { createServer, request as forward } from 'node:http';
import { startMcpServers } from '@patchbay/testing/mcp-servers';

const TOKEN_LIFE_SECONDS = 3;

/**
 * A provider that says of each request whose credential it carried, at `/whose`, and keeps it by the id of the call. API
 * keys are `key-<user>`, tokens `access-<user>-<n>`, of which each is good for seconds. Under `/guarded/<era>/<name>/mcp`
 * are MCP servers that want a token `mcp-<user>`, and under `/open/<era>/<name>/mcp` those that want none.
 */
export async function startRecordingProvider() {
  /** What calls carried, by their id: one entry a request. */
  const carried = new Map();
  const counts = { refreshed: 0 };
  const ends = new Map();
  let issued = 0;
  const mcp = await startMcpServers({ issuer: 'http://127.0.0.1', ownerOf: async () => undefined });

  function issue(user) {
    issued += 1;
    const token = `access-${user}-${issued}`;
    ends.set(token, Date.now() + TOKEN_LIFE_SECONDS * 1000);
    const refresh_token = `refresh-${user}-${issued}`;
    return { access_token: token, token_type: 'bearer', refresh_token, expires_in: TOKEN_LIFE_SECONDS };
  }

  function whose(request, response, id) {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (token?.startsWith('access-') && (ends.get(token) ?? 0) < Date.now()) {
      answer(response, 401, { message: 'This token is over.' });
      return;
    }
    const owners = [token, request.headers['x-api-key']].filter(Boolean).map(ownerOf);
    const seen = owners.join('+') || 'nobody';
    carried.set(id, [...(carried.get(id) ?? []), seen]);
    answer(response, 200, { whose: seen });
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), url);
    const [, kind, era, name] = pathname.split('/');
    if (pathname === '/whose') whose(request, response, searchParams.get('call'));
    else if (pathname === '/token') {
      void text(request).then((body) => {
        counts.refreshed += 1;
        const user = ownerOf(new URLSearchParams(body).get('refresh_token'));
        answer(response, 200, issue(user));
      });
    } else if (kind === '.well-known') discovery(response, pathname, url);
    else if (kind === 'open' || request.headers.authorization?.startsWith('Bearer mcp-')) {
      passOn(request, response, `${mcp.url}/${era}/${name}/mcp`);
    } else {
      const about = `${url}/.well-known/oauth-protected-resource${pathname}`;
      response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${about}"` }).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;

  return {
    url,
    carried,
    counts,
    issue,
    /** The tool that shows its request is one that servers offer when they are told to. */
    offerTool: (name) =>
      fetch(`${mcp.url}/control/${name}`, {
        method: 'POST',
        body: JSON.stringify({ extraTools: { show_request: 'Shows its request.' } }),
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await mcp.close();
    },
  };
}

/** `key-ann`, `access-ann-7`, `refresh-ann-7` and `mcp-ann` are Ann's. */
export function ownerOf(secret) {
  return /^(?:key|access|refresh|mcp|given)-([a-z]+)/.exec(secret ?? '')?.[1] ?? 'unknown';
}

function discovery(response, pathname, url) {
  if (pathname.includes('oauth-protected-resource')) {
    const resource = url + pathname.replace('/.well-known/oauth-protected-resource', '');
    answer(response, 200, { resource, authorization_servers: [url] });
    return;
  }
  answer(response, 200, {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    registration_endpoint: `${url}/register`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  });
}

function passOn(request, response, to) {
  const onward = forward(to, { method: request.method, headers: request.headers }, (answered) => {
    response.writeHead(answered.statusCode, answered.headers);
    response.flushHeaders();
    answered.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

async function text(request) {
  return Buffer.concat(await request.toArray()).toString();
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
