import { NatsConnectionImpl, setTransportFactory } from '@nats-io/nats-core/internal';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { NodeTransport, nodeResolveHost } from '@nats-io/transport-node/lib/node_transport.js';

/**
 * nats.js hands nearly every message to the socket by itself, and each such write costs a system call
 * here and a wake-up in the server. Held back to the end of the event loop's turn, what was sent in it
 * leaves together: a tool call costs about half the CPU (bench/README.md), for a delay below the noise.
 */
class GatheringTransport extends NodeTransport {
  override send(frame: Uint8Array): void {
    const { socket } = this;
    if (socket?.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    super.send(frame);
  }
}

/** `connect` of nats.js on that transport. It uses what nats.js shares among its own packages, hence the pinned version. */
export function connectGathering(options: ConnectionOptions): Promise<NatsConnection> {
  setTransportFactory({ factory: () => new GatheringTransport(), dnsResolveFn: nodeResolveHost });
  return NatsConnectionImpl.connect(options);
}
