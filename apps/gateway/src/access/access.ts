import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { CallOrigin, KeyArea, KeyLevel } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-hooks.js';

/** Who may use a route. Every route says it, itself or by its controller; a test looks after that. */
export type Access = 'project' | 'organisation' | 'session' | 'anyone';

export const ACCESS = 'access';
/**
 * `project`: a project's key. `organisation`: the organisation's. `session`: a project's key, or an access token
 * for the session in the address. `anyone`: no key at all.
 */
export const AccessFor = (access: Access) => SetMetadata(ACCESS, access);

/** `whole_project`: nothing of an area, so no scoped key gets in. */
export interface RouteArea {
  area: KeyArea | 'whole_project';
  /** Without it: GET reads, the rest writes. */
  level?: Exclude<KeyLevel, 'none'> | undefined;
}

export const AREA = 'area';
/**
 * What a scoped key must be let into to use a project's route (docs/api/keys.md#scoped-keys). Every such route
 * says it, itself or by its controller; a test looks after that.
 */
export const Area = (area: RouteArea['area'], level?: RouteArea['level']) =>
  SetMetadata(AREA, { area, level } satisfies RouteArea);

export const SANDBOX_ACCESS = 'sandbox access';
/** Opens a route of a session to the code in that session's own sandbox too. */
export const OpenToItsSandbox = () => SetMetadata(SANDBOX_ACCESS, true);

/** Requests that came out of a sandbox: which it was, and the call whose code made them. */
const fromSandboxes = new WeakMap<object, CallOrigin>();
export function markFromSandbox(request: FastifyRequest, origin: CallOrigin): void {
  fromSandboxes.set(request.raw, origin);
}

/** What a request comes out of; nothing when it does not come from a sandbox. */
export const Origin = createParamDecorator(
  (_: unknown, execution: ExecutionContext): CallOrigin =>
    fromSandboxes.get(execution.switchToHttp().getRequest<FastifyRequest>().raw) ?? {},
);

/** What let a request in. */
export interface Admission {
  /** The API key, or the grant of an access token; null for a sandbox's key, which ends with its sandbox. */
  keyId: string | null;
  /** @throws AppError when it would not be let in any more */
  recheck: () => Promise<unknown>;
}

const admissions = new WeakMap<object, Admission>();
export function markAdmitted(request: FastifyRequest, admission: Admission): void {
  admissions.set(request.raw, admission);
}
/** Nothing for a request that needs no key. */
export function admissionOf(request: FastifyRequest): Admission | undefined {
  return admissions.get(request.raw);
}

/** The project of the request's key. */
export const ProjectId = createParamDecorator((_: unknown, execution: ExecutionContext): string => {
  const { projectId } = contextOf(execution.switchToHttp().getRequest<FastifyRequest>());
  if (!projectId) throw new Error('The route is not one for project keys');
  return projectId;
});
