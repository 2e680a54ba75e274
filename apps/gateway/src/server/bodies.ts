import type { IncomingMessage } from 'node:http';
import { refusals } from '@patchbay/service';
import { AppError } from '@patchbay/contracts';
import { FILES_ROUTE } from '@patchbay/files';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientAddress } from '../http/index.js';
import { BodyMemory } from './body.memory.js';

/** What the public service refuses as well; tool arguments are never near it. */
export const BODY_LIMIT_BYTES = 5 * 1024 * 1024;
/** Forms and questions of those who bring no key. */
const SMALL_BODY_BYTES = 64 * 1024;
const SMALL_BODIES =
  /^\/(link|oauth)\/|\/cli(\/create-session)?$|\/(api_key_revocation|toolkits\/auth\/|console\/sign-in)/;

const SWEEP_MS = 1_000;
/** A file may take longer than a request, but has to come on. */
const UPLOAD_GRACE_MS = 30_000;
const UPLOAD_BYTES_A_SECOND = 16 * 1024;
/** Smaller bodies are not worth counting: connections bound them. */
const WORTH_COUNTING_BYTES = 64 * 1024;
/** Of a body that does not say how long it is, until its bytes have been counted. */
const UNKNOWN_BYTES = 512 * 1024;

export interface BodyLimits {
  PATCHBAY_BODY_SECONDS: number;
  PATCHBAY_BODIES_BYTES: number;
}

interface Receiving {
  request: FastifyRequest;
  reply: FastifyReply;
  address: string;
  since: number;
  /** Of the connection, when the request began. */
  bytesBefore: number;
  isUpload: boolean;
  /** Counted as being in memory until the request is answered. */
  held: number;
  hasLength: boolean;
}

/** Gives every route the body that its kind may have. Before the routes are there. */
export function limitBodySizes(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (SMALL_BODIES.test(route.url)) route.bodyLimit = SMALL_BODY_BYTES;
  });
}

/** Ends requests whose bodies do not come, and takes no more bodies into memory than it has room for. */
export function limitBodies(fastify: FastifyInstance, addresses: ClientAddress, config: BodyLimits): void {
  const memory = new BodyMemory(config.PATCHBAY_BODIES_BYTES);
  const receiving = new Map<IncomingMessage, Receiving>();
  const sweep = setInterval(() => {
    for (const one of receiving.values()) {
      if (isTooSlow(one, config)) giveUp(one);
      else if (one.held > 0 && !one.hasLength) count(one, memory);
    }
  }, SWEEP_MS).unref();
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(sweep);
    done();
  });
  const giveUp = ({ request, reply }: Receiving) => {
    receiving.delete(request.raw);
    refusals.inc({ limit: 'slow_body' });
    void reply.header('connection', 'close');
    // The reader of the body sees a broken transfer, and answers.
    request.raw.emit('error', requestTimeout());
  };

  fastify.addHook('onRequest', (request, reply, done) => {
    const one = receivingOf(request, reply, addresses);
    if (!one) return done();
    if (!memory.hasRoomFor(one.address, one.held)) {
      refusals.inc({ limit: 'bodies' });
      void reply.header('connection', 'close');
      return done(
        new AppError('unavailable', 'Too many large requests are under way.', {
          suggestion: 'Try again in a moment.',
        }),
      );
    }
    if (one.held > 0) memory.take(one.address, one.held);
    receiving.set(request.raw, one);
    request.raw.once('end', () => receiving.delete(request.raw));
    reply.raw.once('close', () => {
      receiving.delete(request.raw);
      if (one.held > 0) memory.take(one.address, -one.held);
    });
    done();
  });
}

function receivingOf(
  request: FastifyRequest,
  reply: FastifyReply,
  addresses: ClientAddress,
): Receiving | undefined {
  const { headers, raw } = request;
  const hasLength = headers['transfer-encoding'] === undefined;
  const length = hasLength ? Number(headers['content-length'] ?? 0) || 0 : UNKNOWN_BYTES;
  if (length === 0) return undefined;
  const isUpload = request.method === 'PUT' && request.url.startsWith(FILES_ROUTE);
  // A file goes through, and is not kept in memory; what is too long is refused before it is read.
  const isCounted = !isUpload && length >= WORTH_COUNTING_BYTES && length <= BODY_LIMIT_BYTES;
  return {
    request,
    reply,
    address: addresses.of(raw),
    since: Date.now(),
    bytesBefore: raw.socket.bytesRead,
    isUpload,
    held: isCounted ? length : 0,
    hasLength,
  };
}

function count(one: Receiving, memory: BodyMemory): void {
  const grown = Math.max(0, one.request.raw.socket.bytesRead - one.bytesBefore - one.held);
  one.held += grown;
  memory.take(one.address, grown);
}

function isTooSlow(
  { request, since, bytesBefore, isUpload }: Receiving,
  { PATCHBAY_BODY_SECONDS: seconds }: BodyLimits,
): boolean {
  const elapsedMs = Date.now() - since;
  if (!isUpload) return elapsedMs > seconds * 1_000;
  if (elapsedMs < UPLOAD_GRACE_MS) return false;
  const bytes = request.raw.socket.bytesRead - bytesBefore;
  return bytes < (elapsedMs / 1_000) * UPLOAD_BYTES_A_SECOND;
}

/** As the framework's own refusals: with the status that it has. */
function requestTimeout(): Error {
  return Object.assign(new Error('The body did not come in time.'), { statusCode: 408 });
}
