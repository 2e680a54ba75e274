import { errors } from '@nats-io/transport-node';
import { AppError, type ErrorCode } from '@patchbay/contracts';
import type { NatsClient } from './nats.client.js';

/**
 * The server counts a message's headers with its payload, and closes the connection of a client that sends more than
 * `max_payload`: room for the longest ones that we write.
 */
const HEADER_ROOM = 16 * 1024;
/** What a server takes that does not say so: NATS' own default. */
const DEFAULT_MAX_PAYLOAD = 1024 * 1024;
/** An event tells what happened, and is read by many: it is kept well below what a message may have. */
const MAX_EVENT_BYTES = 512 * 1024;

/** Says of a message that no sending again can help it. */
export class MessageTooLarge extends AppError {
  constructor(code: ErrorCode, thing: string, limit: number, options: { suggestion?: string } = {}) {
    super(code, `The ${thing} is larger than the ${limit} bytes that are allowed.`, options);
    this.name = 'MessageTooLarge';
  }
}

/** The most bytes that an answer without headers may have. */
export function maxAnswerBytes({ connection }: Pick<NatsClient, 'connection'>): number {
  return connection.info?.max_payload ?? DEFAULT_MAX_PAYLOAD;
}

/** The most bytes that the payload of a message with headers may have. */
export function maxMessageBytes(nats: Pick<NatsClient, 'connection'>): number {
  return maxAnswerBytes(nats) - HEADER_ROOM;
}

/** The most bytes that an event may have, and a message that holds several of them. */
export function maxEventBytes(nats: Pick<NatsClient, 'connection'>): number {
  return Math.min(MAX_EVENT_BYTES, maxMessageBytes(nats));
}

/** @throws MessageTooLarge */
export function requireFits(payload: string, limit: number, ...about: [ErrorCode, string]): void {
  if (!fits(payload, limit)) throw new MessageTooLarge(...about, limit);
}

export function fits(payload: string, limit: number): boolean {
  // No character has more than three bytes for each of its units, so most texts need not be measured.
  return payload.length * 3 <= limit || Buffer.byteLength(payload) <= limit;
}

/** nats.js itself refuses what is larger than its server takes. */
export function isPayloadRefused(error: unknown): boolean {
  return error instanceof errors.InvalidArgumentError && error.message.includes('max_payload');
}
