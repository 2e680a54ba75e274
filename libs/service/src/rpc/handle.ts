import { applyDecorators, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type {
  EventContract,
  EventDataOf,
  EventEnvelope,
  InputOf,
  OutputOf,
  RequestContract,
  SignalContract,
  SignalOf,
} from '@patchbay/contracts';
import { ContractPipe, EventPipe, SignalPipe } from './contract.pipe.js';
import { RequestContextInterceptor } from './request-context.interceptor.js';
import { RpcErrorFilter } from './rpc-error.filter.js';

type Method<I, O> = (
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<(input: I) => Promise<O>>,
) => void;

/** Answers a request of the contract. A method of another signature does not compile. */
export function Handle<C extends RequestContract>(contract: C): Method<InputOf<C>, OutputOf<C>> {
  return applyDecorators(
    MessagePattern(contract.subject),
    UsePipes(new ContractPipe(contract)),
    UseInterceptors(RequestContextInterceptor),
    UseFilters(RpcErrorFilter),
  ) as Method<InputOf<C>, OutputOf<C>>;
}

/**
 * Hears an event as it happens, on every replica (no queue group). What was published while this
 * process was away is not repeated: for caches, not for records (those use an `EventConsumer`).
 */
export function OnEvent<C extends EventContract>(contract: C): Method<EventEnvelope<EventDataOf<C>>, void> {
  return applyDecorators(
    EventPattern(contract.subject, { queue: '' }) as MethodDecorator,
    UsePipes(new EventPipe(contract)),
    UseInterceptors(RequestContextInterceptor),
    UseFilters(RpcErrorFilter),
  ) as Method<EventEnvelope<EventDataOf<C>>, void>;
}

/** Hears a signal on every replica. It is said once and kept nowhere. */
export function OnSignal<C extends SignalContract>(contract: C): Method<SignalOf<C>, void> {
  return applyDecorators(
    EventPattern(contract.subject, { queue: '' }) as MethodDecorator,
    UsePipes(new SignalPipe(contract)),
    UseInterceptors(RequestContextInterceptor),
    UseFilters(RpcErrorFilter),
  ) as Method<SignalOf<C>, void>;
}
