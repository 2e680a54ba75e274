import { errors, headers } from '@nats-io/transport-node';
import { AppError } from '@patchbay/contracts';
import { isPayloadRefused, maxMessageBytes, MessageTooLarge, requireFits } from './limits.js';
import type { NatsClient } from './nats.client.js';

export interface Storing {
  /** The stream drops another message with the same id. */
  id?: string;
  /** Where in the stream the last message on the subject stands; 0: there must be none. */
  after?: number | undefined;
  /** Where the last message of the whole stream stands. */
  afterAll?: number;
  timeoutMs: number;
}

/** Why a stream did not take a message, by the server's own number for it. */
export class StreamRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'StreamRefusal';
  }
}

/** Of the server: the message is larger than the stream takes. */
const MESSAGE_EXCEEDS_MAXIMUM = 10_054;

/**
 * Whether the bus is there and refuses this very message: `later`, for want of rights or room, which an operator
 * mends; `never`, because no server takes it.
 */
export function refusalOf(error: unknown): 'later' | 'never' | undefined {
  const reason = error instanceof AppError && error.cause ? error.cause : error;
  if (error instanceof MessageTooLarge) return 'never';
  if (reason instanceof errors.InvalidSubjectError || reason instanceof errors.InvalidArgumentError)
    return 'never';
  if (reason instanceof StreamRefusal || reason instanceof errors.PermissionViolationError) return 'later';
  return undefined;
}

/** By the server itself: https://docs.nats.io/reference/reference-protocols/nats_api_reference */
interface Acknowledgement {
  /** A refusal mostly names it as well. */
  stream?: string;
  error?: { err_code: number; description: string };
}

/**
 * Puts a message into the stream that takes its subject; resolves when it is stored.
 * @throws MessageTooLarge, StreamRefusal, or what `NatsClient.ask` throws; NoRespondersError: no stream takes the subject
 */
export async function storeMessage(
  nats: NatsClient,
  subject: string,
  payload: string,
  { id, after, afterAll, timeoutMs }: Storing,
): Promise<void> {
  const about = headers();
  if (id !== undefined) about.set('Nats-Msg-Id', id);
  if (after !== undefined) about.set('Nats-Expected-Last-Subject-Sequence', String(after));
  if (afterAll !== undefined) about.set('Nats-Expected-Last-Sequence', String(afterAll));
  const limit = maxMessageBytes(nats);
  requireFits(payload, limit, 'internal', 'message');
  const reply = await nats.ask({ subject, payload, headers: about, timeoutMs }).catch((error: unknown) => {
    throw isPayloadRefused(error) ? new MessageTooLarge('internal', 'message', limit) : error;
  });
  const { stream, error } = reply.json<Acknowledgement>();
  if (error?.err_code === MESSAGE_EXCEEDS_MAXIMUM) throw new MessageTooLarge('internal', 'message', limit);
  if (error) throw new StreamRefusal(error.err_code, error.description);
  if (!stream) throw new Error(`A responder that is no stream answers on ${subject}`);
}
