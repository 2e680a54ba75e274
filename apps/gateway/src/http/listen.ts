import { VersioningType, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Drain, NestLogger, type Logger, type NatsServer } from '@patchbay/service';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { FILES_ROUTE } from '@patchbay/files';
import { allowOrigins } from './cors.js';
import { refuseWhileDraining } from './draining.js';
import { followRequests } from './request-hooks.js';

/** What the public service refuses as well; tool arguments are never near it. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** Both prefixes answer alike: `/api/v3/…` and `/api/v3.1/…`. */
const API_VERSIONS = ['3', '3.1'];

/** Opens the public door, and the one to NATS on which the gateway hears what it must forget. */
export async function listenOnHttp(
  root: DynamicModule,
  bus: NatsServer,
  logger: Logger,
  config: Pick<GatewayConfig, 'PORT' | 'HOST'>,
): Promise<INestApplicationContext> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const fastify = adapter.getInstance();
  acceptEmptyBodies(fastify);
  acceptFiles(fastify);
  followRequests(fastify, logger);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
  });
  allowOrigins(app);
  refuseWhileDraining(fastify, app.get(Drain));
  app.enableVersioning({ type: VersioningType.URI, prefix: 'api/v', defaultVersion: API_VERSIONS });
  app.connectMicroservice({ strategy: bus }, { inheritAppConfig: false });
  await app.startAllMicroservices();
  try {
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    logger.fatal(`Port ${config.PORT} on ${config.HOST} is in use; set PORT to a free one.`);
    process.exit(1);
  }
  return app;
}

/** Official clients send `content-type: application/json` with no body at all on some routes. */
function acceptEmptyBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parseJson(request, String(body), done);
  });
  // The forms of the Connect pages.
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

/** A file is handed on as it comes in, whatever it says to be: its JSON is not ours to parse. */
function acceptFiles(fastify: FastifyInstance): void {
  const bytes = 'application/octet-stream';
  fastify.addContentTypeParser(bytes, (_request, payload, done) => done(null, payload));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'PUT' && request.url.startsWith(FILES_ROUTE))
      request.headers['content-type'] = bytes;
    done();
  });
}
