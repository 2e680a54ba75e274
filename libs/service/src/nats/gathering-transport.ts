import { DataBuffer, NatsConnectionImpl, Parser, setTransportFactory } from '@nats-io/nats-core/internal';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { NodeTransport, nodeResolveHost } from '@nats-io/transport-node/lib/node_transport.js';

/** What a frame may have to be copied together with others, as a write costs more than a copy of so much. */
const COPIED_BYTES = 16 * 1024;

let failure: unknown;

/** Why the last try to reach a server failed, which nats.js keeps to itself while it goes on trying. */
export function lastFailure(): unknown {
  return failure;
}

/**
 * nats.js hands nearly every message to the socket by itself, and each such write costs a system call
 * here and a wake-up in the server. Held back to the end of the event loop's turn, what was sent in it
 * leaves together: a tool call costs about half the CPU (bench/README.md), for a delay below the noise.
 */
class GatheringTransport extends NodeTransport {
  override async connect(...server: Parameters<NodeTransport['connect']>): Promise<void> {
    try {
      await super.connect(...server);
      failure = undefined;
    } catch (error) {
      failure = error;
      throw error;
    }
  }

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
export async function connectGathering(options: ConnectionOptions): Promise<NatsConnection> {
  setTransportFactory({ factory: () => new GatheringTransport(), dnsResolveFn: nodeResolveHost });
  const connection = (await NatsConnectionImpl.connect(options)) as NatsConnectionImpl;
  sendLargeAsTheyAre(connection.protocol);
  return connection;
}

/** nats.js copies all that waits into one frame. Of long messages that costs memory outside of V8's heap, and its collections. */
function sendLargeAsTheyAre(protocol: NatsConnectionImpl['protocol']): void {
  const flushTogether = protocol['flushPending'].bind(protocol);
  protocol['flushPending'] = () => {
    const { outbound, transport, infoReceived, connected } = protocol;
    if (!infoReceived || !connected || !outbound.buffers.some(isLarge)) {
      flushTogether();
      return;
    }
    const frames = outbound.buffers.slice();
    outbound.reset();
    let small: Uint8Array[] = [];
    const sendSmall = () => {
      if (small.length > 0) transport.send(DataBuffer.concat(...small));
      small = [];
    };
    for (const frame of frames) {
      if (isLarge(frame)) {
        sendSmall();
        transport.send(frame);
      } else small.push(frame);
    }
    sendSmall();
  };
}

/**
 * A message that comes in pieces is put together by nats.js in a buffer that grows by copies, to more than twice its size.
 * Here it gets all of its room after the first piece.
 */
function giveRoom({ msgBuf, ma }: Parser): void {
  if (!msgBuf || msgBuf.capacity >= ma.size) return;
  const have = msgBuf.bytes({ copy: false });
  const whole = Buffer.allocUnsafeSlow(ma.size);
  whole.set(have);
  msgBuf._buf = new Uint8Array(whole.buffer, 0, have.length);
}

// Each connection of nats.js makes its parsers itself, a new one after each outage.
const parse: (this: Parser, piece: Uint8Array) => void = Reflect.get(Parser.prototype, 'parse');
Parser.prototype.parse = function parseWithRoom(piece) {
  parse.call(this, piece);
  giveRoom(this);
};

function isLarge({ length }: Uint8Array): boolean {
  return length > COPIED_BYTES;
}
