import { createServer } from 'node:http';

/** A provider that counts by itself which calls reached it, and signs in everyone. */
export async function startCountingProvider() {
  /** How often each call came, by the id in its address. */
  const calls = new Map();

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://provider');
    request.resume();
    if (pathname === '/authorize') {
      const back = new URL(searchParams.get('redirect_uri'));
      back.searchParams.set('code', 'code');
      back.searchParams.set('state', searchParams.get('state'));
      response.writeHead(302, { location: back.href }).end();
    } else if (pathname === '/token') {
      answer(response, { access_token: 'token', token_type: 'bearer', scope: 'repo' });
    } else {
      const [, kind, , id] = pathname.split('/');
      // What the platform itself asks, such as whose account it is, is no call.
      if (kind === 'repos') calls.set(id, (calls.get(id) ?? 0) + 1);
      answer(response, { id: 1, name: id });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response, body) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
