import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Bytes that no text can be made of. */
export const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0x0a]);

/**
 * Files: `/files/taken` says what a form brought, `/files/given` gives one, and `/files/echo` sends back the very
 * bytes that it was sent. `false` for any other path.
 */
export function answerFiles(pathname: string, request: IncomingMessage, response: ServerResponse): boolean {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  switch (pathname) {
    case '/files/taken':
      void buffer(request)
        .then((body) => new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData())
        .then(async (form) => {
          const file = form.get('file') as File;
          const answer = {
            name: file.name,
            type: file.type,
            text: await file.text(),
            title: form.get('title'),
          };
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
        });
      return true;
    case '/files/given':
      response.writeHead(200, {
        'content-type': 'image/png',
        'content-disposition': 'attachment; filename="given.png"',
      });
      response.end(BYTES);
      return true;
    case '/files/echo':
      void buffer(request).then((body) => response.writeHead(200, { 'content-type': type }).end(body));
      return true;
    default:
      return false;
  }
}
