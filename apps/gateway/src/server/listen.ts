import { VersioningType, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { markNumbers, unmarkedValue, writeJson } from '@patchbay/contracts';
import { Drain, NestLogger, type Logger, type NatsServer } from '@patchbay/service';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { FILES_ROUTE } from '@patchbay/files';
import { API_VERSIONS, ClientAddress, followRequests } from '../http/index.js';
import { addRateLimitHeaders, RateLimits } from '../limits/index.js';
import { opensRealtime, RealtimeService } from '../realtime/index.js';
import { BODY_LIMIT_BYTES, limitBodies, limitBodySizes } from './bodies.js';
import { limitConnections } from './connections.js';
import { allowOrigins } from './cors.js';
import { servePlainRoutes } from './plain-routes.js';
import { refuseWhileDraining } from './draining.js';
import { requireWithinJsonLimits } from './json-limits.js';
import { otherMethods } from './other-methods.js';
import { refuseUnreadable } from './unreadable-requests.js';
import { acceptWebhooks } from './webhook-bodies.js';

/** Lines of a request and its headers; the longest address of ours, an OAuth client's question, is half of it. */
const HEADER_BYTES = 16 * 1024;
const HEADERS_MS = 15_000;
/** The longest that an upload may take; other bodies have a time of their own. */
const REQUEST_MS = 15 * 60_000;
/** A connection on which nothing moves: idle, or one whose answer is not read. The longest call is shorter. */
const STILL_MS = 90_000;
/** Longer than load balancers keep theirs: they, and not we, close what both think is free. */
const KEEP_ALIVE_MS = 72_000;
/** How often the HTTP server checks for timeouts. */
const CHECK_MS = 5_000;
const MAX_HEADERS = 200;
/** With every address's share of connections taken, a process would still be far from its file descriptors. */
const MAX_CONNECTIONS = 20_000;

/** Starts the HTTP server, and the NATS server that receives signals and the events which invalidate caches. */
export async function listenOnHttp(
  root: DynamicModule,
  bus: NatsServer,
  logger: Logger,
  config: GatewayConfig,
): Promise<INestApplicationContext> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    connectionTimeout: STILL_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    clientErrorHandler: refuseUnreadable,
    http: {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: CHECK_MS,
      shouldUpgradeCallback: opensRealtime,
    },
    // How long a parameter may be is for the route to say, which names it.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: HEADER_BYTES },
  });
  const fastify = adapter.getInstance();
  fastify.server.maxHeadersCount = MAX_HEADERS;
  fastify.server.maxConnections = MAX_CONNECTIONS;
  limitBodySizes(fastify);
  const refuseOtherMethods = otherMethods(fastify);
  acceptEmptyBodies(fastify);
  acceptFiles(fastify);
  acceptWebhooks(fastify);
  followRequests(fastify, logger);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
  });
  allowOrigins(app);
  refuseWhileDraining(fastify, app.get(Drain));
  const addresses = app.get(ClientAddress);
  limitConnections(fastify, addresses, config.PATCHBAY_ADDRESS_CONNECTIONS);
  limitBodies(fastify, addresses, config);
  addRateLimitHeaders(fastify, app.get(RateLimits), addresses);
  app.enableVersioning({ type: VersioningType.URI, prefix: 'api/v', defaultVersion: API_VERSIONS });
  servePlainRoutes(app, API_VERSIONS);
  app.connectMicroservice({ strategy: bus }, { inheritAppConfig: false });
  await app.startAllMicroservices();
  await app.init();
  app.get(RealtimeService).attachTo(fastify.server);
  refuseOtherMethods();
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
  fastify.setReplySerializer((payload) => writeJson(payload));
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    const text = String(body);
    try {
      requireWithinJsonLimits(text);
    } catch (error) {
      return done(error as Error);
    }
    // Numbers that no double holds pass the framework's parser as texts.
    const marked = markNumbers(text);
    void parseJson(request, marked, (error: Error | null, value?: unknown) =>
      done(error, marked === text ? value : unmarkedValue(value)),
    );
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
