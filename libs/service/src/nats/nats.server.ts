import { ServerNats, type MessageHandler } from '@nestjs/microservices';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { AppError, EVENT_SUBJECT_PREFIX } from '@patchbay/contracts';
import type { InFlight } from '../rpc/in-flight.js';
import { readJson, type NatsClient } from './nats.client.js';

const DRAIN_LIMIT_MS = 10_000;

/** What Nest hands to a transport's serializer. */
interface OutgoingPacket {
  err?: unknown;
  response?: unknown;
}

/**
 * Nest's NATS transport on the connection that the process already has, with messages in the form of
 * `wire.ts`, and a close that lets running handlers finish.
 */
export class NatsServer extends ServerNats {
  private closing: Promise<void> | undefined;

  constructor(
    queue: string,
    private readonly client: NatsClient,
    private readonly inFlight: InFlight,
  ) {
    super({
      queue,
      serializer: {
        serialize: (packet: OutgoingPacket) => ({ data: serializeReply(packet, client) }),
      },
      deserializer: {
        deserialize: (message: Msg, options?: Record<string, unknown>) => ({
          pattern: String(options?.['channel']),
          data: readJson(message),
          // Nest takes a message without an id for an event. One published through JetStream carries a
          // reply subject too, for the stream's acknowledgement, so the reply subject cannot decide.
          id: message.subject.startsWith(EVENT_SUBJECT_PREFIX) ? undefined : message.reply,
        }),
      },
    });
  }

  override createNatsClient(): Promise<NatsConnection> {
    return Promise.resolve(this.client.connection);
  }

  /** The client reports the state of the connection; saying it twice helps nobody. */
  override handleStatusUpdates(): Promise<void> {
    return Promise.resolve();
  }

  /** Subjects are plain text; Nest would try to read each as JSON first, by an exception a message. */
  override getHandlerByPattern(pattern: string): MessageHandler | null {
    return this.messageHandlers.get(pattern) ?? null;
  }

  /** Takes no more messages and waits for those under way; the connection closes with the process. */
  override close(): Promise<void> {
    // A drain closes it before Nest does.
    this.closing ??= this.finish();
    return this.closing;
  }

  private async finish(): Promise<void> {
    if (this.client.connected) {
      // Private in Nest, whose own close() would end the shared connection before the last replies are out.
      await Promise.all(this['subscriptions'].map((subscription: Subscription) => subscription.drain()));
    }
    await this.inFlight.untilIdle(DRAIN_LIMIT_MS);
  }
}

/** A reply that the server would refuse for its size must still end the caller's wait. */
function serializeReply(packet: OutgoingPacket, client: NatsClient): string {
  const text = JSON.stringify(packet.err ? { error: packet.err } : { data: packet.response });
  const limit = client.connection.info?.max_payload ?? Infinity;
  if (Buffer.byteLength(text) <= limit) return text;
  const tooLarge = new AppError(
    'internal',
    `The answer is larger than the ${limit} bytes a message may have.`,
  );
  return JSON.stringify({ error: tooLarge.toBody() });
}
