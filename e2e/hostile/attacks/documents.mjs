import { FETCHED_TOOLKITS, newProject } from '../arena.mjs';
import { summary } from '../client.mjs';
import { flood } from './flood.mjs';

/** @typedef {import('../arena.mjs').Arena} Arena */

/** @param {object} more */
const document = (more) => ({
  openapi: '3.1.0',
  info: { title: 'Evil', version: '1' },
  servers: [{ url: 'https://api.evil.example' }],
  paths: {},
  ...more,
});

let number = 0;
/** @param {(arena: Arena) => unknown} source what the toolkit is made of @param {(index: number) => string} slugOf */
const add =
  (source, times = 4, slugOf = () => `doc${(number += 1)}`) =>
  async (/** @type {Arena} */ arena) =>
    summary(
      await flood(times, times, (index) =>
        arena.attacker.api('POST', '/custom/toolkits/upsert', {
          body: { slug: slugOf(index), source: source(arena) },
        }),
      ),
    );

/** The document is at an address of the attacker's. @param {string} text @param {string} type */
const addFetched = (text, type) =>
  add(
    ({ provider }) => {
      provider.serve('/document', (_request, response) =>
        response.writeHead(200, { 'content-type': type }).end(text),
      );
      return { type: 'openapi', url: `${provider.url}/document` };
    },
    4,
    (index) => String(FETCHED_TOOLKITS[index]),
  );

/** Each line repeats the one before ten times. */
const BILLION_LAUGHS = `openapi: 3.1.0
info: {title: Evil, version: '1'}
a: &a [x,x,x,x,x,x,x,x,x,x]
${'bcdefghi'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
  .join('\n')}
paths: {}
`;

const CYCLE = document({
  components: {
    schemas: {
      A: {
        type: 'object',
        properties: { b: { $ref: '#/components/schemas/B' }, c: { $ref: '#/components/schemas/A' } },
      },
      B: {
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } },
      },
    },
  },
  paths: {
    '/a': {
      post: {
        operationId: 'a',
        summary: 'A',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } },
      },
    },
  },
});

/** References that multiply: each schema holds the next one ten times. */
function fanOut(levels = 12) {
  const ref = (/** @type {number} */ level) => ({ $ref: `#/components/schemas/S${level}` });
  const schemas = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [
      `S${level}`,
      {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 10 }, (__, index) => [`p${index}`, ref(level + 1)]),
        ),
      },
    ]),
  );
  return document({
    components: { schemas: { ...schemas, [`S${levels}`]: { type: 'string' } } },
    paths: {
      '/a': {
        post: {
          operationId: 'a',
          summary: 'A',
          requestBody: { content: { 'application/json': { schema: ref(0) } } },
        },
      },
    },
  });
}

function manyOperations(count = 20_000) {
  const get = (/** @type {number} */ index) => ({
    get: { operationId: `op${index}`, summary: `Operation ${index}` },
  });
  return document({
    paths: Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}`, get(index)])),
  });
}

/** @type {import('./index.mjs').Attack[]} */
export const documents = [
  { name: 'document: a billion laughs in YAML', run: addFetched(BILLION_LAUGHS, 'application/yaml') },
  {
    name: 'document: YAML 100,000 deep',
    run: addFetched(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/yaml'),
  },
  { name: 'document: schemas that hold each other', run: add(() => ({ type: 'openapi', document: CYCLE })) },
  {
    name: 'document: references that multiply to 10^12',
    run: add(() => ({ type: 'openapi', document: fanOut() })),
  },
  {
    name: 'document: 20,000 operations',
    isLong: true,
    run: add(() => ({ type: 'openapi', document: manyOperations() })),
  },
  {
    name: 'document: 60 imports at once',
    isLong: true,
    // In a project of its own, as they are all that a project may have for some.
    run: async (arena) => {
      const attacker = await newProject(arena.platform, 'imports');
      return add(() => ({ type: 'openapi', document: manyOperations(900) }), 60)({ ...arena, attacker });
    },
  },
];
