import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { z } from 'zod';
import { routeAccessOf, type RouteAccess } from '../authentication/index.js';
import {
  API_TAG,
  API_VERSIONS,
  DESCRIPTION,
  NOT_DESCRIBED,
  routePaths,
  Wire,
  type Description,
} from '../http/index.js';
import { IDEMPOTENT } from '../idempotency/index.js';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
const VERBS: Partial<Record<RequestMethod, Verb>> = {
  [RequestMethod.GET]: 'get',
  [RequestMethod.POST]: 'post',
  [RequestMethod.PUT]: 'put',
  [RequestMethod.PATCH]: 'patch',
  [RequestMethod.DELETE]: 'delete',
};

/** A route as its decorators have it. */
export interface DescribedRoute {
  verb: Verb;
  /** Below the newest version of the API, `/api/v3.1`, where the route has a version. */
  paths: string[];
  status: number;
  tag: string;
  description: Description;
  access: RouteAccess;
  isIdempotent: boolean;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  /** Schemas of the parameters in its path, of those that have one. */
  params: Record<string, z.ZodType>;
}

export interface LeftOutRoute {
  paths: string[];
  reason: string;
}

export interface Routes {
  described: DescribedRoute[];
  leftOut: LeftOutRoute[];
}

type Method = (...given: never[]) => unknown;

/** @throws Error naming the routes that are neither described nor left out with a reason */
export function routesOf(controllers: readonly Type[]): Routes {
  const found: Routes = { described: [], leftOut: [] };
  const silent: string[] = [];
  for (const controller of controllers) {
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const method = (controller.prototype as Record<string, Method>)[name];
      const requestMethod = method && read<RequestMethod>(METHOD_METADATA, method);
      if (!method || requestMethod === undefined) continue;
      const paths = routePaths(controller, method, API_VERSIONS.slice(-1));
      const reason = read<string>(NOT_DESCRIBED, method) ?? read<string>(NOT_DESCRIBED, controller);
      const description = read<Description>(DESCRIPTION, method);
      const verb = VERBS[requestMethod];
      if (reason) found.leftOut.push({ paths, reason });
      else if (!description || !verb) silent.push(`${controller.name}.${name}`);
      else found.described.push({ ...describe(controller, name, method), verb, paths, description });
    }
  }
  if (silent.length > 0)
    throw new Error(`Routes without @Describe (apps/gateway/src/http/describe.ts): ${silent.join(', ')}`);
  return found;
}

function describe(controller: Type, name: string, method: Method) {
  const isPost = read<RequestMethod>(METHOD_METADATA, method) === RequestMethod.POST;
  const tag = read<string>(API_TAG, method) ?? read<string>(API_TAG, controller);
  if (!tag) throw new Error(`${controller.name} has no @ApiTag (apps/gateway/src/http/describe.ts)`);
  return {
    status: read<number>(HTTP_CODE_METADATA, method) ?? (isPost ? 201 : 200),
    tag,
    access: routeAccessOf(controller, method),
    isIdempotent: read<boolean>(IDEMPOTENT, method) ?? false,
    ...inputOf(controller, name),
  };
}

interface ParameterNote {
  data?: unknown;
  pipes: readonly unknown[];
}

/** The schemas by which the parameters of the method are parsed. */
function inputOf(controller: Type, name: string) {
  const notes = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    ParameterNote
  >;
  const input: Pick<DescribedRoute, 'query' | 'body' | 'params'> = {
    query: undefined,
    body: undefined,
    params: {},
  };
  for (const [key, { data, pipes }] of Object.entries(notes)) {
    const schema = pipes.find((pipe) => pipe instanceof Wire)?.schema;
    if (!schema) continue;
    const kind: RouteParamtypes = Number(key.split(':', 1)[0]);
    if (kind === RouteParamtypes.QUERY) input.query = schema;
    if (kind === RouteParamtypes.BODY) input.body = schema;
    if (kind === RouteParamtypes.PARAM && typeof data === 'string') input.params[data] = schema;
  }
  return input;
}

function read<T>(key: string, target: object): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}
