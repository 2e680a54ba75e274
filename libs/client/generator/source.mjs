import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'oxfmt';
import style from '../../../.oxfmtrc.json' with { type: 'json' };

/** What `sourceOf` writes, from the root of the repository. */
export const PATH = 'libs/client/src/generated/api.ts';

const VERBS = ['get', 'put', 'post', 'delete', 'patch'];
const MEDIA = { 'application/x-www-form-urlencoded': 'form' };

/**
 * TypeScript for the API document: the types of every operation, and a table of where and how each is sent. Refusals
 * are the same for all of them, so that only their names are kept.
 * @param {object} document of `GET /api/v3.1/openapi.json`
 * @returns {Promise<string>} formatted as the repository is
 */
export async function sourceOf(document) {
  const { kept, routes, slugs } = read(document);
  const nodes = await openapiTS(kept, { defaultNonNullable: false, alphabetize: true });
  const wanted = nodes.filter((node) => ['components', 'operations'].includes(node.name?.text));
  const source = [
    '// Made by `npm run client:generate` from the API document of the gateway. Not to be edited.',
    astToString(wanted),
    '/** How each operation is sent. */',
    `export const routes = ${JSON.stringify(routes)} as const;`,
    '/** The names of all refusals. */',
    `export type ErrorSlug = ${slugs.map((slug) => JSON.stringify(slug)).join(' | ')};`,
  ].join('\n\n');
  return (await format(PATH, source, style)).code;
}

function read(document) {
  const kept = structuredClone(document);
  const routes = {};
  const slugs = new Set();
  for (const [path, item] of Object.entries(kept.paths)) {
    // Signed addresses of files are fetched as they were given.
    if (path.includes('{path}')) {
      delete kept.paths[path];
      continue;
    }
    for (const [method, operation] of Object.entries(item).filter(([verb]) => VERBS.includes(verb))) {
      routes[operation.operationId] = routeOf(method, path, operation);
      for (const [status, answer] of Object.entries(operation.responses)) {
        if (Number(status) < 300) continue;
        for (const slug of resolved(kept, answer)['x-error-slugs'] ?? []) slugs.add(slug);
        delete operation.responses[status];
      }
    }
  }
  delete kept.components.schemas.Error;
  // All of them are errors.
  delete kept.components.responses;
  return {
    kept,
    routes: Object.fromEntries(Object.entries(routes).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    slugs: [...slugs].toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

/** Answers of several operations stand among the components. */
function resolved(document, answer) {
  const [, name] = /^#\/components\/responses\/(.+)$/.exec(answer.$ref ?? '') ?? [];
  return name ? document.components.responses[name] : answer;
}

function routeOf(method, path, { parameters = [], requestBody }) {
  const [media] = Object.keys(requestBody?.content ?? {});
  return {
    method,
    path,
    takesIdempotencyKey: parameters.some((parameter) => parameter.name === 'idempotency-key'),
    body: requestBody ? (MEDIA[media] ?? 'json') : 'none',
  };
}
