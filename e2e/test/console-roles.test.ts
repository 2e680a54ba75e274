import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { browserOf, SAME_ORIGIN, type Browser } from '../support/console.js';
import { environment, unique } from '../support/environment.js';
import { createProject } from '../support/http.js';
import { createPerson, organisationId } from '../support/people.js';

const ROLES = ['viewer', 'developer', 'owner'];
const AT_ONCE = 8;

const Operation = z.object({
  operationId: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
});
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

interface Route {
  id: string;
  verb: string;
  path: string;
  /** Where the least role is needed; nowhere for what is a person's own. */
  place: 'project' | 'organisation' | 'own';
  least: string;
}

let routes: Route[];
let here: { id: string };
let orgId: string;
const browsers = new Map<string, Browser>();

beforeAll(async () => {
  here = await createProject(unique('roles'));
  orgId = await organisationId(environment.userApiKey);
  for (const role of ROLES) {
    const { id } = await createPerson({ project_roles: { [here.id]: role } });
    browsers.set(role, await browserOf(id));
  }
  browsers.set('of no project', await browserOf((await createPerson({})).id));
  const answer = await fetch(`${environment.baseUrl}/api/v3.1/openapi.json`);
  const { paths } = Document.parse(await answer.json());
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([verb, operation]) => routeOf(path, verb.toUpperCase(), operation)),
  );
});

/** What the document says of it; nothing for a route that takes no session of the console. */
function routeOf(
  template: string,
  verb: string,
  { operationId: id, description, security }: z.infer<typeof Operation>,
): Route[] {
  const schemes = new Set(security.flatMap((one) => Object.keys(one)));
  if (!schemes.has('consoleSession')) return [];
  const isOfProject = /^\/api\/v[\d.]+\/org\/owner\/project\/\{/.test(template);
  const path = template.replace(/\{\w+\}/, isOfProject ? here.id : 'none').replaceAll(/\{\w+\}/g, 'none');
  const level = /A scoped key needs `(\w+)` of/.exec(description)?.[1];
  const isRead = level ? level === 'read' : verb === 'GET';
  const isWhole = description.includes('Needs a key of the whole project');
  const common = { id, verb, path };
  if (schemes.has('organisationKey'))
    return [{ ...common, place: isOfProject ? 'project' : 'organisation', least: 'owner' }];
  if (!schemes.has('projectKey')) return [{ ...common, place: 'own', least: '' }];
  return [{ ...common, place: 'project', least: isRead ? 'viewer' : isWhole ? 'owner' : 'developer' }];
}

const cookieOf = ({ cookie, csrf }: Browser) => ({ ...SAME_ORIGIN, cookie, 'x-csrf-token': csrf });

let asked = 0;
/** Refusals are limited by address, and there are more of them here. Only Linux has all of 127.0.0.0/8. */
const nextAddress = () => `127.78.${1 + Math.floor((asked += 1) / 250)}.${1 + (asked % 250)}`;
const hasAddresses = process.platform === 'linux';
/** Where all come from one address, what is refused may be so as one of too many. */
const refusedAs = (...statuses: number[]) => [...statuses, ...(hasAddresses ? [] : [429])];

/** The status alone: some answers are streams that do not end. */
function statusOf({ verb, path }: Route, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${environment.baseUrl}${path}`,
      {
        method: verb,
        headers: {
          'x-org-id': orgId,
          'x-project-id': here.id,
          ...(verb !== 'GET' && { 'content-type': 'application/json', 'content-length': '2' }),
          ...headers,
        },
        timeout: 10_000,
        ...(hasAddresses && { localAddress: nextAddress() }),
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.once('timeout', () => sent.destroy(new Error(`${verb} ${path} was not answered`)));
    sent.once('error', reject);
    sent.end(verb === 'GET' ? undefined : '{}');
  });
}

/** Each route with what it answered that it should not have. */
async function wrong(
  those: Route[],
  headers: Record<string, string>,
  isRight: (status: number, route: Route) => boolean,
): Promise<string[]> {
  const left = [...those];
  const found: string[] = [];
  const work = async () => {
    for (let route = left.pop(); route; route = left.pop()) {
      const status = await statusOf(route, headers);
      if (!isRight(status, route)) found.push(`${route.verb} ${route.path} (${route.id}) answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

const isOneOf =
  (...statuses: number[]) =>
  (status: number) =>
    refusedAs(...statuses).includes(status);
const isLetIn = (status: number) => ![401, 403, 429, 500].includes(status);

describe('each route that the API document describes, by the cookie of the console', () => {
  it('is told of with its access', () => {
    const counts = (place: Route['place']) => routes.filter((route) => route.place === place).length;
    expect(counts('project')).toBeGreaterThan(80);
    expect(counts('organisation')).toBeGreaterThan(10);
    expect(counts('own')).toBeGreaterThan(3);
    for (const least of ROLES) expect(routes.some((route) => route.least === least)).toBe(true);
  });

  it.each(ROLES)('lets a %s of the project as far as the role reaches, and no further', async (role) => {
    const reaches = ({ place, least }: Route) =>
      place === 'own' || (place === 'project' && ROLES.indexOf(role) >= ROLES.indexOf(least));
    const headers = cookieOf(browsers.get(role)!);
    const refused = routes.filter((route) => !reaches(route));
    expect(await wrong(refused, headers, isOneOf(403))).toEqual([]);
    const read = routes.filter((route) => route.verb === 'GET' && reaches(route));
    expect(await wrong(read, headers, isLetIn)).toEqual([]);
  });

  it('lets a person of no project see nothing of one', async () => {
    const headers = cookieOf(browsers.get('of no project')!);
    const others = routes.filter(({ place }) => place !== 'own');
    // A project of others is answered as one that there is not.
    expect(await wrong(others, headers, isOneOf(403, 404))).toEqual([]);
  });

  it('is closed to nobody’s browser', async () => {
    expect(await wrong(routes, SAME_ORIGIN, isOneOf(401))).toEqual([]);
  });

  it('changes nothing without the CSRF token of the session, nor for a page of another origin', async () => {
    const { 'x-csrf-token': token, ...without } = cookieOf(browsers.get('owner')!);
    const changes = routes.filter(({ verb }) => verb !== 'GET');
    const isRefused = isOneOf(403);
    expect(await wrong(changes, without, isRefused)).toEqual([]);
    expect(await wrong(changes, { ...without, 'x-csrf-token': `${token}x` }, isRefused)).toEqual([]);
    const { cookie } = without;
    const foreign = { cookie, 'x-csrf-token': token, origin: 'https://evil.example' };
    expect(await wrong(changes, foreign, isRefused)).toEqual([]);
  });

  it('is closed to a cookie whose session was ended', async () => {
    const headers = cookieOf(browsers.get('owner')!);
    const end = await fetch(`${environment.baseUrl}/api/v3.1/console/session`, { method: 'DELETE', headers });
    expect(end.ok).toBe(true);
    expect(await wrong(routes, headers, isOneOf(401))).toEqual([]);
  });
});
