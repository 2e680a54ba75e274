import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { CallOrigin, KeyArea, KeyHolder, KeyLevel } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { contextOf } from '../http/index.js';

/** Who may use a route. Every route declares it, itself or by its controller; a test checks that. */
export type Access =
  | 'project'
  | 'organisation'
  | 'session'
  | 'person'
  | 'project_or_person'
  | 'console'
  | 'anyone';

export const ACCESS = 'access';
/**
 * `project`: a project's key, or that of a person with a role there. `organisation`: the organisation's key, or that of
 * one of its owners. `session`: as `project`, or an access token for the session in the address. `person`: a person's
 * key, whatever their role. `project_or_person`: as `project`, or a person's key without a project. `console`: a session of
 * the console. `anyone`: no key at all. Where a person's key is let in, their session of the console is as well.
 */
export const AccessFor = (access: Access) => SetMetadata(ACCESS, access);

/** `whole_project`: in no area, so no scoped key may use it. */
export interface RouteArea {
  area: KeyArea | 'whole_project';
  /** Without it: GET reads, the rest writes. */
  level?: Exclude<KeyLevel, 'none'> | undefined;
}

export const AREA = 'area';
/**
 * The area that a scoped key needs to use a project's route (docs/api/keys.md#scoped-keys). Every such route declares it,
 * itself or by its controller; a test checks that.
 */
export const Area = (area: RouteArea['area'], level?: RouteArea['level']) =>
  SetMetadata(AREA, { area, level } satisfies RouteArea);

export const PROJECT_OWNERS = 'project owners';
/** Opens a route of the organisation to the owners of the project whose id is in this parameter, too. */
export const OpenToOwnersOf = (parameter: string) => SetMetadata(PROJECT_OWNERS, parameter);

export const FRESH_SIGN_IN = 'fresh sign-in';
/** What it makes outlives a session of the console: whose cookie was taken long after the sign-in makes nothing by it. */
export const NeedsFreshSignIn = () => SetMetadata(FRESH_SIGN_IN, true);

export const SANDBOX_ACCESS = 'sandbox access';
/** Opens a route of a session to the code in that session's own sandbox too. */
export const OpenToItsSandbox = () => SetMetadata(SANDBOX_ACCESS, true);

/** For requests out of a sandbox: which one, and the call whose code made them. */
const fromSandboxes = new WeakMap<object, CallOrigin>();
export function markFromSandbox(request: FastifyRequest, origin: CallOrigin): void {
  fromSandboxes.set(request.raw, origin);
}

/** The sandbox and call that a request comes from; empty for a request from outside. */
export const Origin = createParamDecorator(
  (_: unknown, execution: ExecutionContext): CallOrigin =>
    fromSandboxes.get(execution.switchToHttp().getRequest<FastifyRequest>().raw) ?? {},
);

/** What a key that is looked up by its hash is a key of. */
export const CredentialKind = z.enum(['project_key', 'user_key', 'console_session']);

/** A credential by its hash, with which it can be checked again where the request is not known. */
export interface LastingCredential {
  kind: z.output<typeof CredentialKind>;
  sha256: string;
  /** The API key, or the session of the console. */
  keyId: string;
  /** The project in which it is used. */
  projectId: string;
}

/** The credential that a request was authenticated by. */
export interface Authentication {
  /** For a key, or a session of the console: by what it is looked up. */
  lookup?: () => Pick<LastingCredential, 'kind' | 'sha256'>;
  /** The API key, the session of the console, or the grant of an access token; null for a sandbox's key, which ends with its sandbox. */
  keyId: string | null;
  /** Whose key or session it is, for a person's. */
  holder?: KeyHolder;
  /** Whether it may also change what the route is about, whatever the route itself does. */
  mayWrite?: boolean;
  /** When it ends by itself, in epoch milliseconds. */
  expiresAt?: number | undefined;
  /** @throws AppError when the credential is no longer valid */
  recheck: () => Promise<unknown>;
}

const authentications = new WeakMap<object, Authentication>();
export function setAuthentication(request: FastifyRequest, authentication: Authentication): void {
  authentications.set(request.raw, authentication);
}
/** @returns undefined for a request that needs no credential */
export function authenticationOf(request: FastifyRequest): Authentication | undefined {
  return authentications.get(request.raw);
}

/** @returns undefined for a request whose credential cannot be checked without it, as an access token's */
export function lastingCredentialOf(request: FastifyRequest): LastingCredential | undefined {
  const { keyId, lookup } = authenticationOf(request) ?? {};
  const { projectId } = contextOf(request);
  return keyId && lookup && projectId ? { ...lookup(), keyId, projectId } : undefined;
}

/** The person whose key the request was authenticated by; undefined for other keys. */
export const Holder = createParamDecorator(
  (_: unknown, execution: ExecutionContext): KeyHolder | undefined =>
    authenticationOf(execution.switchToHttp().getRequest<FastifyRequest>())?.holder,
);

/** Whether the request's key or person may also change what a route that reads is about. */
export const MayWrite = createParamDecorator(
  (_: unknown, execution: ExecutionContext): boolean =>
    authenticationOf(execution.switchToHttp().getRequest<FastifyRequest>())?.mayWrite ?? false,
);

/** The project of the request's key. */
export const ProjectId = createParamDecorator((_: unknown, execution: ExecutionContext): string => {
  const { projectId } = contextOf(execution.switchToHttp().getRequest<FastifyRequest>());
  if (!projectId) throw new Error('The route is not one for project keys');
  return projectId;
});
