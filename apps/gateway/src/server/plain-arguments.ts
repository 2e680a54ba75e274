import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What Nest's decorator of a parameter notes. */
interface ParameterNote {
  index: number;
  /** A name, such as `sessionId` of `@Param('sessionId')`. */
  data?: unknown;
  pipes: readonly Partial<PipeTransform>[];
  /** Of a decorator of our own. */
  factory?: (data: unknown, execution: ExecutionContextHost) => unknown;
}

/** A request as the decorators of parameters see it. */
interface Source {
  request: FastifyRequest;
  reply: FastifyReply;
  execution: ExecutionContextHost;
}
type Read = (source: Source) => unknown;

export interface PlainArguments {
  /** @throws AppError `invalid_request` from the pipe of a body */
  of(request: FastifyRequest, reply: FastifyReply): unknown[];
  /** Whether the method is given the reply, and answers by itself. */
  hasReply: boolean;
}

/**
 * How the arguments of a controller's method are taken from a request, as its parameters' decorators say.
 * @throws Error for a decorator or pipe that is not supported here
 */
export function plainArguments(
  controller: Type,
  name: string,
  method: (...given: unknown[]) => unknown,
): PlainArguments {
  const notes = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    ParameterNote
  >;
  const reads: Read[] = [];
  for (const [key, note] of Object.entries(notes)) {
    const read = readerOf(key, note);
    if (!read) throw new Error(`${controller.name}.${name} has a parameter that no plain route has`);
    reads[note.index] = piped(read, note);
  }
  return {
    of: (request, reply) => {
      const source = {
        request,
        reply,
        execution: new ExecutionContextHost([request, reply], controller, method),
      };
      return reads.map((read) => read(source));
    },
    hasReply: Object.keys(notes).some((key) => key.startsWith(`${RouteParamtypes.RESPONSE}:`)),
  };
}

function readerOf(key: string, { data, factory }: ParameterNote): Read | undefined {
  if (factory) return ({ execution }) => factory(data, execution);
  const named = (values: unknown) =>
    typeof data === 'string' ? (values as Record<string, unknown>)[data] : values;
  switch (Number(key.split(':', 1)[0])) {
    case RouteParamtypes.REQUEST:
      return ({ request }) => request;
    case RouteParamtypes.RESPONSE:
      return ({ reply }) => reply;
    case RouteParamtypes.PARAM:
      return ({ request }) => named(request.params);
    case RouteParamtypes.QUERY:
      return ({ request }) => named(request.query);
    case RouteParamtypes.BODY:
      return data ? undefined : ({ request }) => request.body;
    default:
      return undefined;
  }
}

/** Our pipes are objects that answer at once. */
function piped(read: Read, { data, pipes }: ParameterNote): Read {
  const metadata: ArgumentMetadata = { type: 'custom', ...(typeof data === 'string' && { data }) };
  return pipes.reduce<Read>((inner, pipe) => {
    const transform = pipe.transform?.bind(pipe);
    if (!transform) throw new Error('A pipe of a plain route must be an object');
    return (source) => transform(inner(source), metadata);
  }, read);
}
