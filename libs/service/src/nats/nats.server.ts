import { NatsContext, ServerNats, type MessageHandler } from '@nestjs/microservices';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { isObservable, lastValueFrom } from 'rxjs';
import type { HandlerExtras } from '../rpc/handle.js';
import type { Messages } from '../rpc/messages.js';
import { answerInquiries } from './in-flight-inquiry.js';
import type { NatsClient } from './nats.client.js';

/** Without a drain before it, as in tests. */
const CLOSE_LIMIT_MS = 10_000;

/**
 * Nest's NATS transport on the connection that the process already has: Nest finds the handlers and puts guards
 * around them, `Messages` does the rest.
 */
export class NatsServer extends ServerNats {
  private closing: Promise<void> | undefined;

  constructor(
    queue: string,
    private readonly client: NatsClient,
    private readonly messages: Messages,
  ) {
    super({ queue });
    answerInquiries(client.connection, queue, (reply) => messages.isInFlight(reply));
  }

  override createNatsClient(): Promise<NatsConnection> {
    return Promise.resolve(this.client.connection);
  }

  /** The client reports the state of the connection; reporting it twice is noise. */
  override handleStatusUpdates(): Promise<void> {
    return Promise.resolve();
  }

  /** Nest's own way leads through streams of many values, of which a contract's handler has one. */
  override getMessageHandler(subject: string): (error: Error | null, message: Msg) => void {
    const handler = this.messageHandlers.get(subject);
    if (!handler) throw new Error(`No handler for ${subject}`);
    const { schema, isRequest } = handler.extras as HandlerExtras;
    const work = (message: Msg) => (input: unknown) => resultOf(handler, input, message);
    return (error, message) => {
      // The client has reported it.
      if (error) return;
      if (isRequest) this.messages.answer(message, schema, work(message));
      else this.messages.receive(message, schema, work(message));
    };
  }

  /** Takes no more messages and waits for those under way; the connection closes with the process. */
  override close(limitMs = CLOSE_LIMIT_MS): Promise<void> {
    // A drain closes it before Nest does.
    this.closing ??= this.finish(limitMs);
    return this.closing;
  }

  private async finish(limitMs: number): Promise<void> {
    if (this.client.connected) {
      // Private in Nest, whose own close() would end the shared connection before the last replies are out.
      await Promise.all(this['subscriptions'].map((subscription: Subscription) => subscription.drain()));
    }
    await this.messages.inFlight.untilIdle(limitMs);
  }
}

async function resultOf(handler: MessageHandler, input: unknown, message: Msg): Promise<unknown> {
  const result: unknown = await handler(input, new NatsContext([message.subject, message.headers]));
  // So come errors, and the results of several handlers of one event.
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}
