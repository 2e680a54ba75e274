import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '@patchbay/contracts';
import type { ConnectionError } from 'fastify';

const REFUSALS: Record<string, { status: number; message: string; suggestion: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    message: 'The address and the headers are larger than they may be together.',
    suggestion: 'Send fewer values in the query, or several requests.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    message: 'The request did not come in time.',
    suggestion: 'Send it again on a new connection.',
  },
};
const NO_REQUEST = {
  status: 400,
  message: 'This is no request of HTTP/1.1.',
  suggestion: 'Look at what stands between the client and this address.',
};

/** What could not be read as a request is refused in the envelope as well (docs/api/errors.md#the-envelope), and the connection ends. */
export function refuseUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const { status, message, suggestion } = REFUSALS[error.code] ?? NO_REQUEST;
  const name = STATUS_CODES[status] ?? '';
  const requestId = newId('request');
  const slug = `HTTP_${name.replaceAll(/\W/g, '')}`;
  const body = JSON.stringify({
    error: { message, code: status, slug, status, request_id: requestId, suggested_fix: suggestion },
  });
  const head = [
    `HTTP/1.1 ${status} ${name}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy(error));
}
