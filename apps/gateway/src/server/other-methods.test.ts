import Fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { otherMethods } from './other-methods.js';

const handler = vi.fn<() => Promise<string>>(async () => 'done');
let fastify: FastifyInstance;

beforeEach(() => {
  handler.mockClear();
  fastify = Fastify();
  const refuseOtherMethods = otherMethods(fastify);
  fastify.options('*', handler);
  fastify.get('/things', handler);
  fastify.post('/things', handler);
  fastify.get('/things/:id', handler);
  fastify.delete('/things/:thing', handler);
  fastify.get('/files/*', handler);
  fastify.all('/all', handler);
  refuseOtherMethods();
});

const ask = async (method: string, url: string) => {
  const { statusCode, headers } = await fastify.inject({ method: method as 'GET', url, payload: '{' });
  return { status: statusCode, allow: headers['allow'] };
};

describe('a method that an address has no route for', () => {
  it.each([
    ['PUT', '/things', 'GET, HEAD, POST'],
    // Another route's parameter could be meant, but the address is its own.
    ['DELETE', '/things', 'GET, HEAD, POST'],
    ['POST', '/things/a', 'DELETE, GET, HEAD'],
    ['TRACE', '/things/a', 'DELETE, GET, HEAD'],
    ['DELETE', '/files/a/b', 'GET, HEAD'],
  ])('is refused: %s %s', async (method, url, allow) => {
    expect(await ask(method, url)).toEqual({ status: 405, allow });
    expect(handler).not.toHaveBeenCalled();
  });

  it('is another thing than an address that there is not', async () => {
    expect(await ask('DELETE', '/nothing')).toEqual({ status: 404, allow: undefined });
  });

  it.each([
    ['GET', '/things'],
    ['DELETE', '/things/a'],
    ['OPTIONS', '/things/a'],
    ['PATCH', '/all'],
  ])('leaves alone what has one: %s %s', async (method, url) => {
    const { statusCode } = await fastify.inject({ method: method as 'GET', url });
    expect(statusCode).toBe(200);
  });
});
