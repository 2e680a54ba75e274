import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Answered for every address, by what tells browsers which pages may read our answers. */
const EVERYWHERE = 'OPTIONS';

/**
 * Notes every route that is registered from here on.
 * @returns what makes an address answer the methods that it has no route for: 405 and `Allow` (RFC 9110, 15.5.6), before
 *   anything else of the request is looked at. To be called when all routes are there, before the server listens.
 */
export function otherMethods(fastify: FastifyInstance): () => void {
  const known = new Map<string, { url: string; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const shape = shapeOf(url);
    const found = known.get(shape) ?? { url, methods: new Set() };
    known.set(shape, found);
    for (const one of [method].flat()) found.methods.add(one);
  });
  return () => {
    for (const { url, methods } of known.values()) {
      methods.delete(EVERYWHERE);
      if (methods.size === 0) continue;
      const others = fastify.supportedMethods.filter((one) => one !== EVERYWHERE && !methods.has(one));
      if (others.length === 0) continue;
      const refuse = refusalOf([...methods].toSorted().join(', '));
      fastify.route({ method: others, url, onRequest: refuse, handler: refuse });
    }
  };
}

/** What two routes have in common that answer the same addresses, whatever they call the parameters. */
function shapeOf(url: string): string {
  return url.replaceAll(/:\w+/g, ':');
}

function refusalOf(allowed: string) {
  return async ({ method }: FastifyRequest, reply: FastifyReply) => {
    void reply.header('allow', allowed);
    throw Object.assign(new Error(`Nothing here answers ${method}, only ${allowed}.`), { statusCode: 405 });
  };
}
