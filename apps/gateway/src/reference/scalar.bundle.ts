import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fastify } from 'fastify';

/** Scalar's script as a browser fetches it: several megabytes, loaded when somebody first reads the reference. */
export interface ScalarBundle {
  gzipped: Buffer;
  etag: string;
}

let made: Promise<ScalarBundle> | undefined;

/** From Scalar's plugin for Fastify, which serves it under a path of its own, and a page that we do not use. */
export function scalarBundle(): Promise<ScalarBundle> {
  made ??= load();
  return made;
}

async function load(): Promise<ScalarBundle> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const server = fastify();
  await server.register(scalar, { routePrefix: '/docs', configuration: { url: '/' } });
  const { statusCode, rawPayload } = await server.inject('/docs/js/scalar.js');
  await server.close();
  if (statusCode !== 200) throw new Error(`Scalar's plugin answered ${statusCode} for its script`);
  const etag = `"${createHash('sha256').update(rawPayload).digest('base64url')}"`;
  return { gzipped: await promisify(gzip)(rawPayload), etag };
}
