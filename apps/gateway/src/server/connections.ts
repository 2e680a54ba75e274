import type { Socket } from 'node:net';
import { refusals } from '@patchbay/service';
import type { FastifyInstance } from 'fastify';
import { networkOf, type ClientAddress } from '../http/index.js';

/** Requests that one connection may have under way: official clients send one after another. */
const MAX_PIPELINED = 16;

/** Closes what one address opens beyond its share of connections, and connections that pour requests in. */
export function limitConnections(
  fastify: FastifyInstance,
  addresses: ClientAddress,
  mostOfAnAddress: number,
): void {
  const open = new Map<string, number>();
  fastify.server.on('connection', (socket: Socket) => {
    // A proxy of ours speaks for many: their requests are counted, not its connections.
    if (mostOfAnAddress === 0 || addresses.isProxy(socket.remoteAddress)) return;
    const address = networkOf(socket.remoteAddress) ?? 'unknown';
    const before = open.get(address) ?? 0;
    if (before >= mostOfAnAddress) {
      refusals.inc({ limit: 'connections' });
      socket.destroy();
      return;
    }
    open.set(address, before + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });

  const underWay = new WeakMap<Socket, number>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    reply.raw.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    if (count <= MAX_PIPELINED) return done();
    // Answers go out in the order of the requests, so a refusal would have to wait for what it refuses to add to.
    refusals.inc({ limit: 'pipelining' });
    socket.destroy();
  });
}
