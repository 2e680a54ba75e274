import type { Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  ACCESS,
  AREA,
  FRESH_SIGN_IN,
  PROJECT_OWNERS,
  SANDBOX_ACCESS,
  type Access,
  type RouteArea,
} from '../access/index.js';
import { LIMITED_BY, type LimitName } from '../limits/index.js';

/** What a route declares with its decorators, or its controller for it. */
export interface RouteAccess {
  access: Access;
  area: RouteArea | undefined;
  /** What counts the requests of a route that takes no credential. */
  limit: LimitName | 'nothing' | undefined;
  isOpenToSandbox: boolean;
  needsFreshSignIn: boolean;
  /** The parameter with the project whose owners may use a route of the organisation too. */
  projectParameter: string | undefined;
}

type Method = (...args: never[]) => unknown;

const reflector = new Reflector();
const known = new WeakMap<Type, Map<Method, RouteAccess>>();

/**
 * Reads it from the decorators once for each route.
 * @throws Error for a route that does not say who may use it
 */
export function routeAccessOf(controller: Type, method: Method): RouteAccess {
  const ofController = known.get(controller) ?? new Map<Method, RouteAccess>();
  known.set(controller, ofController);
  const found = ofController.get(method) ?? readAccess(controller, method);
  ofController.set(method, found);
  return found;
}

function readAccess(controller: Type, method: Method): RouteAccess {
  const route = [method, controller];
  const access = reflector.getAllAndOverride<Access | undefined>(ACCESS, route);
  if (!access) throw new Error('The route does not say who may use it');
  return {
    access,
    area: reflector.getAllAndOverride<RouteArea | undefined>(AREA, route),
    limit: reflector.getAllAndOverride<LimitName | 'nothing' | undefined>(LIMITED_BY, route),
    projectParameter: reflector.get<string | undefined>(PROJECT_OWNERS, method),
    needsFreshSignIn: reflector.get<boolean | undefined>(FRESH_SIGN_IN, method) ?? false,
    isOpenToSandbox: reflector.get<boolean | undefined>(SANDBOX_ACCESS, method) ?? false,
  };
}
