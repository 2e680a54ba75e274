import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@patchbay/contracts';
import type { HttpTool } from '../../src/toolkit.js';
import { take, toolOf } from './documents.js';

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
        { name: 'Host', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'X-HTTP-Method-Override', in: 'header', schema: { type: 'string' } },
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

describe('a header that no caller chooses', () => {
  const version = { name: 'acme-version', in: 'header', required: true, schema: { default: '2026-01-01' } };
  const path = { '/things': { get: { summary: 'List things', parameters: [version] } } };

  it('is sent as the document fills it in, where the import is told so', () => {
    const [tool] = take(path, {}, { fixedHeaders: ['acme-version'] }).toolkit.tools as HttpTool[];
    expect(tool?.headers).toEqual({ 'acme-version': '2026-01-01' });
    expect(tool).toHaveProperty('input.properties', {});
  });

  it('is an argument elsewhere', () => {
    const [tool] = take(path).toolkit.tools as HttpTool[];
    expect(tool?.headers).toBeUndefined();
    expect(tool?.input).toMatchObject({ required: ['acme-version'] });
  });
});
