import { headers } from '@nats-io/transport-node';
import { z } from 'zod';
import type { NatsClient } from './nats.client.js';

export interface Storing {
  /** The stream drops another message with the same id. */
  id?: string;
  /** Where in the stream the last message on the subject stands; 0: there must be none. */
  after?: number | undefined;
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

/** https://docs.nats.io/reference/reference-protocols/nats_api_reference */
const Acknowledgement = z.object({
  /** A refusal mostly names it as well. */
  stream: z.string().optional(),
  error: z.object({ err_code: z.number(), description: z.string() }).optional(),
});

/**
 * Puts a message into the stream that takes its subject; resolves when it is stored.
 * @throws StreamRefusal, or what `NatsClient.ask` throws; NoRespondersError: no stream takes the subject
 */
export async function storeMessage(
  nats: NatsClient,
  subject: string,
  payload: string,
  { id, after, timeoutMs }: Storing,
): Promise<void> {
  const about = headers();
  if (id !== undefined) about.set('Nats-Msg-Id', id);
  if (after !== undefined) about.set('Nats-Expected-Last-Subject-Sequence', String(after));
  const reply = await nats.ask({ subject, payload, headers: about, timeoutMs });
  const { stream, error } = Acknowledgement.parse(reply.json());
  if (error) throw new StreamRefusal(error.err_code, error.description);
  if (!stream) throw new Error(`Somebody else than a stream answers on ${subject}`);
}
