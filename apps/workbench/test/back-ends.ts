import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a back end was asked. */
export interface Asked {
  url: URL;
  authorization: string | undefined;
  body: unknown;
}

/** A server that answers by what it is asked for: `unauthorized`, `silence`, `flood`, `nonsense`, else as it should. */
export async function startBackEnd(answer: (asked: Asked) => unknown) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      asked.push(seen);
      respond(response, JSON.stringify([seen.url.search, seen.body]), () => answer(seen));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    url: new URL(request.url ?? '/', 'http://here'),
    authorization: request.headers.authorization,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function respond(response: ServerResponse, question: string, answer: () => unknown): void {
  if (question.includes('silence')) return;
  response.writeHead(question.includes('unauthorized') ? 401 : 200, { 'content-type': 'application/json' });
  if (question.includes('flood')) return flood(response);
  response.end(question.includes('nonsense') ? '<html>' : JSON.stringify(answer()));
}

/** JSON that never ends. */
function flood(response: ServerResponse): void {
  response.write('"');
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
  };
  response.on('drain', more);
  more();
}
