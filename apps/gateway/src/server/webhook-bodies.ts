import type { FastifyInstance } from 'fastify';

/** Where providers send (`triggers/webhook-ingress.controller.ts`). */
const INGRESS = /^\/api\/v3(\.1)?\/(webhook_ingress\/|trigger_instances\/[^/?]+\/handle\/?($|\?))/;
/** A media type of our own, so that no parser of another one touches the bytes. */
const RAW = 'application/vnd.patchbay.raw';

/** Signatures are over the bytes that came: such a body is handed on as it is, whatever it says to be. */
export function acceptWebhooks(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(RAW, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'POST' && INGRESS.test(request.url)) request.headers['content-type'] = RAW;
    done();
  });
}
