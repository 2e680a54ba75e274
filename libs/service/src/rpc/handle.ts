import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import {
  EventEnvelope,
  type AnswerOf,
  type EventContract,
  type EventDataOf,
  type InputOf,
  type RequestContract,
  type SignalContract,
  type SignalOf,
} from '@patchbay/contracts';
import type { z } from 'zod';
import { PassOnFilter } from './pass-on.filter.js';

type Method<I, O> = (
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<(input: I) => Promise<O>>,
) => void;

/** What the transport finds beside a handler. */
export interface HandlerExtras {
  /** Guilty until parsed: the handler sees only what this returned. */
  schema: z.ZodType;
  /** Whether the sender waits for a reply. */
  isRequest: boolean;
  /** Empty: every replica receives it. Without one the replicas of a service share the work. */
  queue?: '';
}

/** Answers a request of the contract. A method of another signature does not compile. */
export function Handle<C extends RequestContract>({
  subject,
  input: schema,
}: C): Method<InputOf<C>, AnswerOf<C>> {
  const extras: HandlerExtras = { schema, isRequest: true };
  return applyDecorators(MessagePattern(subject, extras), UseFilters(PassOnFilter)) as Method<
    InputOf<C>,
    AnswerOf<C>
  >;
}

/**
 * Receives an event as it happens, on every replica (no queue group). What was published while this
 * process was not connected is not repeated: for caches, not for records (those use an `EventConsumer`).
 */
export function OnEvent<C extends EventContract>({
  subject,
  data,
}: C): Method<EventEnvelope<EventDataOf<C>>, void> {
  return receive(subject, EventEnvelope.extend({ data }));
}

/** Receives a signal on every replica. It is sent once and not stored. */
export function OnSignal<C extends SignalContract>({ subject, signal }: C): Method<SignalOf<C>, void> {
  return receive(subject, signal);
}

function receive<I>(subject: string, schema: z.ZodType): Method<I, void> {
  const extras: HandlerExtras = { schema, isRequest: false, queue: '' };
  return applyDecorators(
    EventPattern(subject, extras) as MethodDecorator,
    UseFilters(PassOnFilter),
  ) as Method<I, void>;
}
