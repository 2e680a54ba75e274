import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission, routeAccessOf } from '../authentication/index.js';
import { PLAIN, routePaths } from '../http/index.js';
import { IDEMPOTENT, IdempotentRoutes } from '../idempotency/index.js';
import { plainArguments } from './plain-arguments.js';

type Method = (...given: unknown[]) => Promise<unknown>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
/** The verbs that plain controllers use, as Nest's adapter names them. */
const VERBS: Partial<Record<RequestMethod, 'get' | 'post' | 'all'>> = {
  [RequestMethod.GET]: 'get',
  [RequestMethod.POST]: 'post',
  [RequestMethod.ALL]: 'all',
};

interface Services {
  admission: Admission;
  idempotent: IdempotentRoutes;
}

/**
 * Serves each method of the `PlainController`s as a plain route of Fastify: admission, idempotency where the route is
 * marked, the arguments, the answer. What is thrown comes to the same filter as the errors of Nest's routes.
 * @param versions of the API, as they stand in its paths
 */
export function servePlainRoutes(app: NestFastifyApplication, versions: readonly string[]): void {
  const services = { admission: app.get(Admission), idempotent: app.get(IdempotentRoutes) };
  const adapter = app.getHttpAdapter();
  for (const { instance } of app.get(DiscoveryService).getProviders({ metadataKey: PLAIN.KEY })) {
    const controller = (instance as object).constructor as Type;
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const method = (instance as Record<string, Method>)[name] as Method;
      const verb = read<RequestMethod>(METHOD_METADATA, method);
      if (verb === undefined) continue;
      const register = VERBS[verb];
      if (!register) throw new Error(`${controller.name}.${name} has a method that no plain route has`);
      const handler = handlerOf({ controller, instance: instance as object, name, method }, services);
      const config = read<object>(FASTIFY_ROUTE_CONFIG_METADATA, method);
      // Nest's adapter looks for it on what it registers.
      if (config) Reflect.defineMetadata(FASTIFY_ROUTE_CONFIG_METADATA, config, handler);
      for (const path of routePaths(controller, method, versions)) adapter[register](path, handler);
    }
  }
}

function handlerOf(
  route: { controller: Type; instance: object; name: string; method: Method },
  { admission, idempotent }: Services,
): Handler {
  const { controller, instance, name, method } = route;
  const access = routeAccessOf(controller, method);
  const given = plainArguments(controller, name, method);
  const isIdempotent = read<boolean>(IDEMPOTENT, method) ?? false;
  const status = read<number>(HTTP_CODE_METADATA, method) ?? defaultStatusOf(method);
  return async (request, reply) => {
    await admission.admit(access, request, reply);
    const work = async () => method.apply(instance, given.of(request, reply));
    const answer = await (isIdempotent ? idempotent.run(request, reply, work) : work());
    if (given.hasReply) return reply;
    void reply.status(status);
    return answer;
  };
}

/** As Nest has it. */
function defaultStatusOf(method: Method): number {
  return read<RequestMethod>(METHOD_METADATA, method) === RequestMethod.POST ? 201 : 200;
}

function read<T>(key: string, target: object): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}
