import {
  AppError,
  mayUse,
  roleIn,
  roleReaches,
  type KeyHolder,
  type KeyLevel,
  type Person,
  type Principal,
  type Role,
} from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import type { RouteArea } from '../access/index.js';
import type { RouteAccess } from './route-access.js';

/** A route that needs a credential, for what a key or a person may do there. */
export type Route = Pick<RouteAccess, 'access' | 'area' | 'projectParameter'>;

/** @throws AppError `unauthenticated` for a key of another kind, `forbidden` for one without the right */
export function requireRight(
  principal: Principal,
  request: FastifyRequest,
  wanted: { kind: Principal['kind']; header: string; area: RouteArea | undefined },
): void {
  const { kind, header, area } = wanted;
  if (principal.kind !== kind) {
    throw new AppError(
      'unauthenticated',
      `This route needs the API key of ${kind === 'project' ? 'a' : 'an'} ${kind}.`,
      {
        suggestion: `Send it as ${header}.`,
      },
    );
  }
  if (principal.kind === 'project') requireArea(principal, request, area);
}

function requireArea(
  { areas }: Extract<Principal, { kind: 'project' }>,
  request: FastifyRequest,
  route: RouteArea = { area: 'whole_project' },
): void {
  if (!areas) return;
  const { area } = route;
  const wanted = levelOf(request, route);
  if (area !== 'whole_project' && mayUse(areas, area, wanted)) return;
  const held = area === 'whole_project' ? undefined : (areas[area] ?? 'none');
  throw new AppError(
    'forbidden',
    held
      ? `${nameOf(request)} needs ${wanted} of ${area}; this API key has ${held}.`
      : `${nameOf(request)} needs a key of the whole project; this API key is a scoped one.`,
    { suggestion: 'The organisation’s key makes keys with other areas.' },
  );
}

/** Whether a project's key may also change what the route is about. */
export function keyMayWrite({ areas }: Extract<Principal, { kind: 'project' }>, route?: RouteArea): boolean {
  if (!areas) return true;
  return route !== undefined && route.area !== 'whole_project' && mayUse(areas, route.area, 'write');
}

/** Whether a person may also change what the route is about, in the project where the request works. */
export function personMayWrite(scope: { role: Role } | undefined, route?: RouteArea): boolean {
  return scope !== undefined && roleReaches(scope.role, writerOf(route));
}

/**
 * @param scope the project in which the request works; without one it works in the organisation
 * @throws AppError `forbidden`
 */
export function requireRole(
  person: Person,
  scope: { role: Role } | undefined,
  request: FastifyRequest,
  route: Route,
): void {
  if (route.access === 'person' || route.access === 'console') return;
  if (route.access === 'project_or_person' && !scope) return;
  const held = scope?.role ?? roleInOrganisation(person, request, route);
  const wanted = roleFor(request, route);
  if (roleReaches(held, wanted)) return;
  throw new AppError(
    'forbidden',
    `${nameOf(request)} needs the role ${wanted}; you have ${held ?? 'none'}.`,
    {
      suggestion: 'An owner of the organisation can give you the role.',
    },
  );
}

/** For so long after the sign-in a session of the console may make what outlives it. */
const FRESH_MS = 3_600_000;

/** @throws AppError `forbidden` for a session that began too long ago */
export function requireFresh({ session }: Pick<KeyHolder, 'session'>): void {
  if (!session || Date.parse(session.createdAt) > Date.now() - FRESH_MS) return;
  throw new AppError('forbidden', 'You signed in more than an hour ago. Sign in again to do this.', {
    suggestion: 'A key or a link outlives the session, which somebody else may have by now.',
  });
}

/** Some of its routes are about one project, whose owners may use them as well. */
function roleInOrganisation(
  person: Person,
  { params }: FastifyRequest,
  { projectParameter }: Route,
): Role | null {
  if (projectParameter === undefined) return person.role;
  return roleIn(person, String((params as Record<string, string>)[projectParameter]));
}

/** A viewer reads, a developer changes what is in a project, and the rest is for owners. */
function roleFor(request: FastifyRequest, { access, area }: Route): Role {
  if (access === 'organisation') return 'owner';
  return levelOf(request, area) === 'read' ? 'viewer' : writerOf(area);
}

function writerOf(area: RouteArea | undefined): Role {
  return area && area.area !== 'whole_project' ? 'developer' : 'owner';
}

function levelOf({ method }: FastifyRequest, route: RouteArea | undefined): Exclude<KeyLevel, 'none'> {
  return route?.level ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write');
}

function nameOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url}`;
}
