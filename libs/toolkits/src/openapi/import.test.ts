import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '@patchbay/contracts';
import type { HttpTool } from '../toolkit.js';
import { ImportRefusal, parseOpenApi } from './document.js';
import { importOpenApi, type ImportOptions } from './import.js';

type Part = Record<string, unknown>;

function documentOf(paths: Part, more: Part = {}): Part {
  return {
    openapi: '3.0.3',
    info: { title: 'Acme', description: 'Sells **anvils**.' },
    servers: [{ url: 'https://api.acme.example/v1/' }],
    paths,
    ...more,
  };
}

function take(paths: Part, more: Part = {}, options: Partial<ImportOptions> = {}) {
  return importOpenApi(documentOf(paths, more), { slug: 'acme', ...options });
}

/** The one tool that comes of an operation, and its arguments. */
function toolOf(operation: Part, more: Part = {}, method = 'post', path = '/things') {
  const outcome = take({ [path]: { [method]: operation } }, more);
  const [tool] = outcome.toolkit.tools as HttpTool[];
  if (!tool) throw new Error(JSON.stringify(outcome.refused));
  return { tool, args: (tool.input as JsonSchema)['properties'] as Record<string, JsonSchema>, outcome };
}

function bodyOf(schema: Part, components: Part = {}) {
  const operation = { requestBody: { content: { 'application/json': { schema } } } };
  return toolOf(operation, { components: { schemas: components } });
}

function refusalOf(act: () => unknown): { place: string; reason: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportRefusal) return { place: error.place, reason: error.reason };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the toolkit of a document', () => {
  it('takes its name, its words and its address from it', () => {
    const { toolkit } = take({});
    expect(toolkit).toMatchObject({
      slug: 'acme',
      name: 'Acme',
      description: 'Sells anvils.',
      baseUrl: 'https://api.acme.example/v1',
      tools: [],
    });
    expect(toolkit.logo).toMatch(/^data:image\/svg/);
  });

  it('fills in the variables of its server that have a default, and leaves the others to the account', () => {
    const servers = [{ url: 'https://{site}.{zone}.example', variables: { zone: { default: 'eu' } } }];
    expect(take({}, { servers }).toolkit.baseUrl).toBe('https://{site}.eu.example');
  });

  it.each([
    ['the options', { servers: [] }, { baseUrl: 'https://other.example/api' }, 'https://other.example/api'],
    ['the path, where the document has none', { servers: undefined }, {}, 'https://paths.example'],
  ])('takes its address from %s', (_, more, options, baseUrl) => {
    const paths = { '/a': { servers: [{ url: 'https://paths.example' }], get: {} } };
    expect(take(paths, more, options).toolkit.baseUrl).toBe(baseUrl);
  });
});

describe('an operation', () => {
  it('becomes a tool with slug, name, description, request, answer, hints and scopes', () => {
    const { tool, outcome } = toolOf(
      {
        operationId: 'things/listForOwner',
        summary: 'List things',
        description: 'Lists the [things](https://acme.example) of an owner.',
        tags: ['Things'],
        security: [{ oauth: ['things:read'] }],
        parameters: [
          { name: 'owner', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
        ],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
        },
      },
      {
        components: {
          schemas: { Thing: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
        },
      },
      'get',
      '/owners/{owner}/things',
    );
    expect(tool).toEqual({
      kind: 'http',
      slug: 'ACME_THINGS_LIST_FOR_OWNER',
      name: 'List things',
      description: 'List things. Lists the things of an owner.',
      method: 'GET',
      path: '/owners/{owner}/things',
      input: {
        type: 'object',
        properties: {
          owner: { type: 'string', description: 'Owner.' },
          page: { type: 'integer', minimum: 1, default: 1, description: 'Page.' },
        },
        required: ['owner'],
      },
      dataKey: 'things',
      output: {
        type: 'object',
        properties: {
          things: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
        },
      },
      tags: ['readOnlyHint', 'things'],
      scopes: ['things:read'],
    });
    expect(outcome.imported).toEqual([
      { operation: 'GET /owners/{owner}/things', slug: 'ACME_THINGS_LIST_FOR_OWNER' },
    ]);
  });

  it.each([
    ['get', ['readOnlyHint']],
    ['head', ['readOnlyHint']],
    ['post', []],
    ['put', ['idempotentHint']],
    ['patch', []],
    ['delete', ['destructiveHint', 'idempotentHint']],
  ])('by %s has the hints of the method', (method, tags) => {
    expect(toolOf({ operationId: 'do it' }, {}, method).tool.tags).toEqual(tags);
  });

  it('that is deprecated says so', () => {
    expect(toolOf({ deprecated: true }).tool.deprecated).toBe(true);
  });

  it('inherits the parameters of its path, and may replace them', () => {
    const parameter = (description: string) => ({
      name: 'q',
      in: 'query',
      description,
      schema: { type: 'string' },
    });
    const paths = { '/a': { parameters: [parameter('Theirs.')], get: { parameters: [parameter('Own.')] } } };
    expect((take(paths).toolkit.tools as HttpTool[])[0]?.input).toMatchObject({
      properties: { q: { description: 'Own.' } },
    });
  });

  it('tells where an argument goes that does not go where its method says', () => {
    const { tool } = toolOf({
      parameters: [
        { name: 'X-Version', in: 'header', schema: { type: 'string' } },
        { name: 'Accept', in: 'header', schema: { type: 'string' } },
        { name: 'dry', in: 'query', schema: { type: 'boolean' } },
        { name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
        {
          name: 'filter',
          in: 'query',
          style: 'deepObject',
          explode: true,
          schema: { type: 'object', properties: { a: { type: 'string' } } },
        },
        { name: 'where', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
        { name: 'tracker', in: 'cookie', schema: { type: 'string' } },
      ],
      requestBody: {
        content: {
          'application/json': { schema: { type: 'object', properties: { title: { type: 'string' } } } },
        },
      },
    });
    expect(tool.places).toEqual({
      'X-Version': { in: 'header' },
      dry: { in: 'query' },
      ids: { in: 'query', explode: false },
      filter: { in: 'query', style: 'deepObject' },
      where: { in: 'query', style: 'json' },
      tracker: { in: 'cookie' },
    });
    expect(Object.keys((tool.input as JsonSchema)['properties'] as object)).toContain('title');
  });

  it('renames arguments that clash or that models cannot name, and says so', () => {
    const { tool, outcome } = toolOf(
      {
        parameters: [
          { name: 'thing-id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'id', in: 'query', schema: { type: 'string' } },
          { name: 'filter[name]', in: 'query', schema: { type: 'string' } },
        ],
        requestBody: {
          content: {
            'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' } } } },
          },
        },
      },
      {},
      'put',
      '/things/{thing-id}',
    );
    expect(tool.path).toBe('/things/{thing_id}');
    expect(tool.places).toMatchObject({
      filter_name: { in: 'query', name: 'filter[name]' },
      body_id: { in: 'body', name: 'id' },
    });
    expect(outcome.renamed.map(({ from, to }) => [from, to])).toEqual([
      ['thing-id', 'thing_id'],
      ['filter[name]', 'filter_name'],
      ['id', 'body_id'],
    ]);
  });

  it.each([
    ['application/json', undefined],
    ['application/vnd.acme+json', { type: 'json', contentType: 'application/vnd.acme+json' }],
    ['application/x-www-form-urlencoded', { type: 'form' }],
    ['multipart/form-data', { type: 'multipart' }],
  ])('sends its body as %s', (type, encoding) => {
    const schema = { type: 'object', properties: { title: { type: 'string' } } };
    expect(toolOf({ requestBody: { content: { [type]: { schema } } } }).tool.body).toEqual(encoding);
  });

  it('takes a body that is no object as one argument', () => {
    const schema = { type: 'array', items: { type: 'string' } };
    const { tool, args } = toolOf({
      requestBody: { required: true, content: { 'application/json': { schema } } },
    });
    expect(args).toEqual({
      body: { type: 'array', items: { type: 'string' }, description: 'What to send.' },
    });
    expect(tool.body).toEqual({ type: 'json', argument: 'body' });
    expect((tool.input as JsonSchema)['required']).toEqual(['body']);
  });

  it('takes the files of a form as files', () => {
    const schema = { type: 'object', properties: { file: { type: 'string', format: 'binary' } } };
    const { args } = toolOf({ requestBody: { content: { 'multipart/form-data': { schema } } } });
    expect(args['file']).toMatchObject({
      type: 'object',
      file_uploadable: true,
      required: ['name', 'mimetype', 's3key'],
    });
  });
});

describe('the slug of a tool', () => {
  const slugsOf = (operations: Record<string, Part>, options: Partial<ImportOptions> = {}) => {
    const paths = Object.fromEntries(
      Object.entries(operations).map(([path, operation]) => [path, { get: operation }]),
    );
    const { toolkit, renamed } = take(paths, {}, options);
    return { slugs: toolkit.tools.map(({ slug }) => slug), renamed };
  };

  it.each([
    [{ operationId: 'listOwnThings' }, 'ACME_LIST_OWN_THINGS'],
    [{ operationId: 'acme.things.list' }, 'ACME_THINGS_LIST'],
    [{ operationId: 'getHTTPStatus2' }, 'ACME_GET_HTTP_STATUS2'],
    [{ summary: "List a user's things" }, 'ACME_LIST_A_USERS_THINGS'],
    [{}, 'ACME_GET_A_B'],
  ])('of %j is %s', (operation, slug) => {
    expect(slugsOf({ '/a/b': operation }).slugs).toEqual([slug]);
  });

  it('has 64 characters at most, which is reported', () => {
    const summary =
      'List the configurations of the repositories of an organization for the authenticated user now';
    const { slugs, renamed } = slugsOf({ '/a': { summary } });
    expect(slugs).toEqual(['ACME_LIST_CONFIGURATIONS_OF_REPO_OF_ORG_FOR_AUTH_USER_NOW']);
    expect(renamed).toHaveLength(1);
  });

  it('is unique, which is reported', () => {
    const { slugs, renamed } = slugsOf({
      '/a': { summary: 'Do' },
      '/b': { summary: 'Do' },
      '/c': { summary: 'Do' },
    });
    expect(slugs).toEqual(['ACME_DO', 'ACME_DO_B', 'ACME_DO_C']);
    expect(renamed.map(({ reason }) => reason)).toEqual([
      'another tool has this slug',
      'another tool has this slug',
    ]);
  });

  it('is the given one, by operation or by its id', () => {
    const operations = {
      '/a': { operationId: 'one' },
      '/b': { operationId: 'two' },
      '/c': { operationId: 'fixed' },
    };
    const slugs = { 'GET /a': 'ACME_FIXED', two: 'ACME_TWO_FIXED' };
    expect(slugsOf(operations, { slugs }).slugs).toEqual(['ACME_FIXED', 'ACME_TWO_FIXED', 'ACME_FIXED_C']);
  });
});

describe('a schema', () => {
  it('has its references, its allOf and its null resolved', () => {
    const { args } = bodyOf(
      {
        allOf: [
          { $ref: '#/components/schemas/Named' },
          { type: 'object', required: ['size'], properties: { size: { type: 'number', nullable: true } } },
        ],
      },
      { Named: { type: 'object', properties: { name: { type: 'string', description: 'Its name.' } } } },
    );
    expect(args).toEqual({
      name: { type: 'string', description: 'Its name.' },
      size: { anyOf: [{ type: 'number' }, { type: 'null' }], description: 'Size.' },
    });
  });

  it('of several objects becomes one that has all their fields, and asks for what all ask for', () => {
    const variant = (kind: string, field: string) => ({
      type: 'object',
      required: ['kind', field],
      properties: { kind: { type: 'string', enum: [kind] }, [field]: { type: 'string' } },
    });
    const { tool } = bodyOf({
      oneOf: [variant('cat', 'lives'), variant('dog', 'barks')],
      discriminator: { propertyName: 'kind' },
    });
    expect(tool.input).toEqual({
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['cat', 'dog'], description: 'Kind.' },
        lives: { type: 'string', description: 'Lives.' },
        barks: { type: 'string', description: 'Barks.' },
      },
      required: ['kind'],
    });
  });

  it.each<[string, Part, JsonSchema]>([
    [
      'several types',
      { type: ['string', 'integer', 'null'] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
    ],
    [
      'a list that says nothing of its items',
      { type: 'array' },
      { type: 'array', items: expect.objectContaining({ anyOf: expect.anything() }) as unknown },
    ],
    [
      'numbers to choose from',
      { type: 'integer', enum: [1, 2] },
      { type: 'integer', description: 'One of 1, 2.' },
    ],
    ['a constant', { const: 'only' }, { type: 'string', enum: ['only'] }],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: true },
    ],
    [
      'a format that few take',
      { type: 'string', format: 'uuid' },
      { type: 'string', description: 'A UUID.' },
    ],
    [
      'a rule between fields',
      { type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ required: ['a'] }] },
      { type: 'object', properties: { a: { type: 'string' } } },
    ],
    ['a default of another type', { type: 'integer', default: 'ten' }, { type: 'integer' }],
    [
      'a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    ],
  ])('with %s is brought to what all models take', (_, schema, expected) => {
    const { description: _description, ...rest } =
      bodyOf({ type: 'object', properties: { it: schema } }).args['it'] ?? {};
    const { description, ...wanted } = expected;
    expect(description ? { ...rest, description: _description } : rest).toEqual(expected);
    expect(wanted).toBeDefined();
  });

  it('that holds itself is cut where it begins again', () => {
    const { args } = bodyOf(
      { $ref: '#/components/schemas/Node' },
      {
        Node: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
          },
        },
      },
    );
    expect(args['children']).toEqual({
      type: 'array',
      items: { type: 'object', description: 'Again a Node.', additionalProperties: true },
      description: 'Children.',
    });
  });

  it('leaves out of arguments what only answers hold', () => {
    const { args } = bodyOf({
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    });
    expect(Object.keys(args)).toEqual(['name']);
  });

  it('tells no defaults of an update, which a model would send', () => {
    const schema = { type: 'object', properties: { private: { type: 'boolean', default: false } } };
    const operation = { requestBody: { content: { 'application/json': { schema } } } };
    expect(toolOf(operation, {}, 'patch').args['private']).not.toHaveProperty('default');
    expect(toolOf(operation, {}, 'post').args['private']).toHaveProperty('default', false);
  });

  it('as deep as a document likes is left open below a few levels', () => {
    const deep = (level: number): Part => ({
      type: 'object',
      properties: { next: level === 0 ? { type: 'string' } : deep(level - 1) },
    });
    const text = JSON.stringify(bodyOf(deep(40)).args);
    expect(text.match(/next/g)?.length).toBeLessThan(10);
    expect(text).toContain('additionalProperties');
  });

  it('that doubles with each reference is bounded in time and size', () => {
    const names = Array.from({ length: 40 }, (_, index) => `S${index}`);
    const components = Object.fromEntries(
      names.map((name, index) => {
        const next = names[index + 1];
        const inner = next ? { $ref: `#/components/schemas/${next}` } : { type: 'string' };
        return [name, { type: 'object', properties: { a: inner, b: inner, c: inner } }];
      }),
    );
    expect(JSON.stringify(bodyOf({ $ref: '#/components/schemas/S0' }, components).args).length).toBeLessThan(
      60_000,
    );
  });
});

describe('security schemes', () => {
  const authOf = (securitySchemes: Part) => take({}, { components: { securitySchemes } }).toolkit.auth;

  it.each<[string, Part, Part]>([
    [
      'an API key in a header',
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      { scheme: 'API_KEY', placement: { headers: { 'X-Key': '{generic_api_key}' } } },
    ],
    [
      'an API key in the query',
      { type: 'apiKey', in: 'query', name: 'key' },
      { scheme: 'API_KEY', placement: { query: { key: '{generic_api_key}' } } },
    ],
    ['a bearer token', { type: 'http', scheme: 'Bearer' }, { scheme: 'BEARER_TOKEN' }],
    ['a password', { type: 'http', scheme: 'basic' }, { scheme: 'BASIC' }],
    [
      'OpenID Connect',
      { type: 'openIdConnect', openIdConnectUrl: 'https://x.example' },
      { scheme: 'BEARER_TOKEN' },
    ],
    [
      'OAuth 2.0, with addresses under the API',
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://acme.example/sign-in',
            tokenUrl: '/token',
            scopes: {},
          },
        },
      },
      {
        scheme: 'OAUTH2',
        authorizationUrl: 'https://acme.example/sign-in',
        tokenUrl: 'https://api.acme.example/token',
        scopes: [],
      },
    ],
    [
      'an app by itself',
      {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://acme.example/token', scopes: {} } },
      },
      { scheme: 'S2S_OAUTH2' },
    ],
  ])('know %s', (_, scheme, expected) => {
    expect(authOf({ it: scheme })).toMatchObject([expected]);
  });

  it('put two keys into one account', () => {
    const auth = authOf({
      APIKey: { type: 'apiKey', in: 'query', name: 'key' },
      APIToken: { type: 'apiKey', in: 'query', name: 'token' },
    });
    expect(auth).toMatchObject([{ placement: { query: { key: '{generic_api_key}', token: '{apitoken}' } } }]);
  });

  it('leave the parameters that carry them to the account', () => {
    const securitySchemes = { key: { type: 'apiKey', in: 'query', name: 'key' } };
    const parameters = [{ name: 'key', in: 'query', required: true, schema: { type: 'string' } }];
    expect(toolOf({ parameters }, { components: { securitySchemes } }).args).toEqual({});
  });
});

describe('what cannot be taken', () => {
  it.each<[string, unknown, string]>([
    ['no document', 'words', ''],
    ['Swagger 2.0', { swagger: '2.0', paths: {} }, '/swagger'],
    ['a version to come', { openapi: '4.0.0', paths: {} }, '/openapi'],
    ['no version', { paths: {} }, '/openapi'],
    ['no paths', { openapi: '3.1.0' }, '/paths'],
    ['no address', { openapi: '3.1.0', paths: {} }, '/servers'],
    [
      'an address that is none',
      { openapi: '3.1.0', paths: {}, servers: [{ url: 'ftp://acme.example' }] },
      '/servers/0/url',
    ],
  ])('is refused with its place: %s', (_, content, place) => {
    expect(refusalOf(() => importOpenApi(content, { slug: 'acme' })).place).toBe(place);
  });

  it.each<[string, Part, string]>([
    [
      'a reference to nothing',
      { parameters: [{ $ref: '#/components/parameters/none' }] },
      '/paths/~1things/post/parameters/0',
    ],
    [
      'a reference elsewhere',
      { parameters: [{ $ref: 'https://evil.example/p.json' }] },
      '/paths/~1things/post/parameters/0',
    ],
    [
      'a parameter nowhere',
      { parameters: [{ name: 'a', in: 'air' }] },
      '/paths/~1things/post/parameters/0/in',
    ],
    [
      'a style of which nobody knows',
      { parameters: [{ name: 'a', in: 'query', style: 'matrix' }] },
      '/paths/~1things/post/parameters/0/style',
    ],
    [
      'a body of bytes',
      { requestBody: { content: { 'image/png': {} } } },
      '/paths/~1things/post/requestBody/content',
    ],
    [
      'a form that is a file as a whole',
      {
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'string', format: 'binary' } } } },
      },
      '/paths/~1things/post/requestBody/content/multipart~1form-data/schema',
    ],
    ['another server', { servers: [{ url: 'https://elsewhere.example' }] }, '/paths/~1things/post/servers'],
    [
      'a file as its answer',
      { responses: { 200: { content: { 'application/zip': {} } } } },
      '/paths/~1things/post/responses/200/content',
    ],
  ])('of one operation leaves the others: %s', (_, operation, place) => {
    const { toolkit, refused } = take({ '/things': { post: operation, get: {} } });
    expect(toolkit.tools).toHaveLength(1);
    expect(refused).toEqual([{ operation: 'POST /things', place, reason: expect.stringMatching(/\w/) }]);
  });

  it('is a path whose places nothing describes', () => {
    expect(take({ '/a/{id}': { get: {} } }).refused).toMatchObject([{ place: '/paths/~1a~1{id}/get' }]);
  });

  it('is a document of more operations than it may have', () => {
    const paths = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`/${index}`, { get: {} }]));
    expect(refusalOf(() => take(paths, {}, { maxOperations: 10 })).reason).toContain('more than 10');
  });
});

describe('parseOpenApi', () => {
  it.each(['{"openapi":"3.1.0"}', 'openapi: 3.1.0'])('reads %s', (text) => {
    expect(parseOpenApi(text)).toEqual({ openapi: '3.1.0' });
  });

  it.each([
    ['what is neither JSON nor YAML', '{"a": secret'],
    [
      'YAML that grows as it is read',
      `a: &a [x,x]\n${Array.from('bcdefghij', (name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(20)}]`).join('\n')}`,
    ],
  ])('refuses %s without quoting it', (_, text) => {
    const { reason } = refusalOf(() => parseOpenApi(text));
    expect(reason).not.toContain('secret');
  });
});
