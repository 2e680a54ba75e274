import type { Type } from '@nestjs/common';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { Access } from '../access/index.js';
import type { RouteAccess } from '../authentication/index.js';
import type { DescribedAnswer } from '../http/index.js';
import { ErrorResponses } from './error-responses.js';
import { linksOf, type Target } from './links.js';
import { parameterOf } from './path-parameters.js';
import { routesOf, type DescribedRoute, type LeftOutRoute } from './routes.js';
import { TAGS } from './tags.js';

export type ApiDocument = ReturnType<typeof createDocument>;

/**
 * Every route of the gateway as OpenAPI 3.1, from the decorators of the controllers and the zod of their bodies and queries.
 * @throws Error for a route that is not described, and for a schema that cannot be
 */
export function apiDocument(controllers: readonly Type[], version: string): ApiDocument {
  const { described, leftOut } = routesOf(controllers);
  const paths: ZodOpenApiPathsObject = {};
  const names = new Set<string>();
  const errors = new ErrorResponses();
  const targets = described.flatMap(targetsOf);
  for (const route of described) {
    for (const [at, path] of route.paths.entries()) {
      const operation = operationOf(route, path, at, { errors, targets });
      if (names.has(operation.operationId ?? ''))
        throw new Error(`Two operations have the name ${operation.operationId}`);
      names.add(operation.operationId ?? '');
      const template = path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{path}');
      paths[template] = { ...paths[template], [route.verb]: operation };
    }
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Patchbay',
        version,
        description: introduction(leftOut),
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'Where this document was fetched.' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    // What is shown as something else (`shownAs`) is looked at inside all the same.
    { allowEmptySchema: { custom: { input: true }, transform: { input: true } } },
  );
}

const SECURITY_SCHEMES = {
  projectKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The API key of a project. A scoped key is let into some areas only.',
  },
  organisationKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-org-api-key',
    description: 'The key of the organisation, which manages projects.',
  },
  userKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-user-api-key',
    description:
      'A key of a person, who does what their role allows. With `x-org-id` and `x-project-id` it works in that project, ' +
      'without them in the first one that they are in.',
  },
  consoleSession: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-patchbay_console',
    description:
      'A person’s session of the console, with the `csrf_token` of `GET /console/session` as `x-csrf-token`. Works where a ' +
      'person’s key does. Over plain http the cookie is called `patchbay_console_` and the port.',
  },
  sandboxKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-workbench-access-key',
    description: 'The key that code in a session’s own sandbox has, for that session only.',
  },
  sessionToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token for one session’s MCP endpoint, of the OAuth routes.',
  },
} as const;

const SCHEMES_FOR: Record<Access, (keyof typeof SECURITY_SCHEMES)[]> = {
  project: ['projectKey', 'userKey', 'consoleSession'],
  organisation: ['organisationKey', 'userKey', 'consoleSession'],
  session: ['sessionToken', 'projectKey', 'userKey', 'consoleSession'],
  person: ['userKey', 'consoleSession'],
  project_or_person: ['projectKey', 'userKey', 'consoleSession'],
  console: ['consoleSession'],
  anyone: [],
};

function securityOf({ access, isOpenToSandbox }: RouteAccess) {
  const schemes = [...SCHEMES_FOR[access], ...(isOpenToSandbox ? (['sandboxKey'] as const) : [])];
  return schemes.map((scheme) => ({ [scheme]: [] }));
}

function operationOf(
  route: DescribedRoute,
  path: string,
  at: number,
  { errors, targets }: { errors: ErrorResponses; targets: readonly Target[] },
): ZodOpenApiOperationObject {
  const { description, access, query, body, verb } = route;
  const id = idOf(route, at);
  const headers = headersOf(route);
  return {
    operationId: id,
    summary: description.summary,
    description: [description.description, areaOf(route)].filter(Boolean).join('\n\n'),
    tags: [route.tag],
    security: securityOf(access),
    ...(description.isDeprecated && { deprecated: true }),
    requestParams: {
      path: pathOf(route, path),
      ...(query && { query: fieldsOf(query) }),
      ...(headers && { header: headers }),
    },
    ...((body || description.body) && verb !== 'get' && { requestBody: bodyOf(route) }),
    responses: { ...errors.of(route, path), ...successOf(route, linksOf(route, path, targets)) },
  };
}

function idOf({ description, paths }: DescribedRoute, at: number): string {
  const id = [description.id].flat()[at];
  if (!id) throw new Error(`${paths[at]} has no operation id: its route has several paths, and names fewer`);
  return id;
}

function targetsOf(route: DescribedRoute): Target[] {
  return route.paths.map((path, at) => ({ id: idOf(route, at), path, verb: route.verb }));
}

/** The object that a query is parsed as, also where it is put together before. */
function fieldsOf(query: z.ZodType): z.ZodObject {
  if (query instanceof z.ZodObject) return query;
  if (query instanceof z.ZodPipe)
    return fieldsOf((query.in instanceof z.ZodTransform ? query.out : query.in) as z.ZodType);
  throw new Error('A query must be parsed as an object');
}

function areaOf({ access: { access, area }, verb }: DescribedRoute): string | undefined {
  if (access === 'anyone' || access === 'organisation' || !area) return undefined;
  if (area.area === 'whole_project') return 'Needs a key of the whole project: no scoped one.';
  return `A scoped key needs \`${area.level ?? (verb === 'get' ? 'read' : 'write')}\` of \`${area.area}\`.`;
}

function pathOf({ params, description }: DescribedRoute, path: string) {
  const names = [...path.matchAll(/:(\w+)|\*/g)].map(([, name = 'path']) => name);
  const shape = names.map((name) => [name, parameterOf(name, params[name], description.path?.[name])]);
  return z.object(Object.fromEntries(shape) as Record<string, z.ZodType>);
}

const IdempotencyHeaders = {
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'The same key with the same request is carried out once, and answered alike, however often it is sent.',
    ),
};

function headersOf({ isIdempotent, description }: DescribedRoute): z.ZodObject | undefined {
  if (!isIdempotent && !description.headers) return undefined;
  return z.object({ ...description.headers?.shape, ...(isIdempotent && IdempotencyHeaders) });
}

function bodyOf({ body, description }: DescribedRoute) {
  const { type, schema } = description.body ?? { type: 'application/json', schema: body as z.ZodType };
  const example = description.example?.body;
  return {
    // What parses `{}` may as well be left out.
    required: description.body !== undefined || !schema.safeParse({}).success,
    content: { [type]: { schema, ...(example !== undefined && { example }) } },
  };
}

function successOf(
  { status, description }: DescribedRoute,
  links: NonNullable<ZodOpenApiResponseObject['links']>,
): Record<string, ZodOpenApiResponseObject> {
  const { answer, answers = {}, example } = description;
  const all: Record<number, DescribedAnswer> = {
    ...(answer && { [status]: { description: 'Done.', schema: answer, example: example?.answer } }),
    ...answers,
  };
  const isLinked = Object.keys(links).length > 0;
  return Object.fromEntries(
    Object.entries(all).map(([code, one]) => {
      // The links are by fields of the answer that says that it was done.
      const hasLinks = isLinked && code.startsWith('2') && one.schema !== undefined;
      return [code, { ...answerOf(one), ...(hasLinks && { links }) }];
    }),
  );
}

function answerOf({ description, type, schema, example }: DescribedAnswer): ZodOpenApiResponseObject {
  if (!schema && !type) return { description };
  const types = [type ?? 'application/json'].flat();
  const shown = (name: string) => ({
    // A schema of a stream would be one of each of its events (OpenAPI 3.2 has a place of its own for it).
    ...((schema || name !== 'text/event-stream') && { schema: schema ?? z.string() }),
    ...(example !== undefined && { example }),
  });
  return { description, content: Object.fromEntries(types.map((name) => [name, shown(name)])) };
}

function introduction(leftOut: readonly LeftOutRoute[]): string {
  const lines = leftOut.map(({ paths, reason }) => `- \`${paths.join('`, `')}\`: ${reason}`);
  return [
    'Gives every user of an AI product one session: the tools they may use, the accounts they have connected, an MCP ' +
      'endpoint, a workbench, and a record of every call.',
    'Every path below `/api/v3.1` is also served below `/api/v3`, and answers alike. An answer that is not 2xx has the form ' +
      'of `Error`; a tool that fails is no error: its answer is 200, with the reason in `error`. The `links` of an answer say ' +
      'which operations take what it names.',
    ['Not described here:', '', ...new Set(lines)].join('\n'),
  ].join('\n\n');
}
