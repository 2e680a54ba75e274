import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, type Type } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe } from '../http/index.js';
import { apiDocument, type ApiDocument } from './document.js';

const SOURCE = join(import.meta.dirname, '..');

interface Operation {
  operationId: string;
  summary?: string;
  tags: string[];
  security: Record<string, unknown>[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<string, { $ref?: string; links?: Record<string, Link> }>;
}

interface Link {
  operationId: string;
  description: string;
  parameters?: Record<string, string>;
  requestBody?: unknown;
}

/** What is asked for in a path, and is named by no answer. */
const NOT_NAMED = {
  getClientMetadata: 'of an issuer, for providers',
  downloadFile: 'a signed link',
  uploadFile: 'a signed link',
  getSessionResourceMetadata: 'found by clients of MCP',
};

let document: ApiDocument;
let operations: [string, Operation][];

beforeAll(async () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.controller.ts'),
  );
  const controllers: Type[] = [];
  for (const file of files) {
    const exported = (await import(join(SOURCE, file))) as Record<string, unknown>;
    controllers.push(
      ...Object.values(exported).filter((value): value is Type => typeof value === 'function'),
    );
  }
  document = apiDocument(controllers, '0.0.0');
  operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([verb, operation]): [string, Operation] => [
      `${verb} ${path}`,
      operation,
    ]),
  );
}, 60_000);

describe('the API document', () => {
  it('has every route: one without a description does not let it be made', () => {
    expect(operations.length).toBeGreaterThan(70);
    @Controller('silent')
    @AccessFor('anyone')
    class Silent {
      @Get()
      get(): object {
        return {};
      }
    }
    expect(() => apiDocument([Silent], '0.0.0')).toThrow('Silent.get');
  });

  it('names operations as a client would: a verb and a noun, each once', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+[A-Z][A-Za-z]+$/);
  });

  it('says in one line what each does, under a heading that the document explains', () => {
    const headings = (document.tags ?? []).map(({ name }) => name);
    for (const [route, { summary, tags }] of operations) {
      expect([route, summary]).toEqual([route, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      expect(headings).toEqual(expect.arrayContaining(tags));
    }
  });

  it('has examples that fit', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document as object, 'api');
    const shown = operations.flatMap(([route, { requestBody }]) =>
      Object.entries(requestBody?.content ?? {}).flatMap(([type, { example }]) =>
        example === undefined ? [] : [{ route, type, example }],
      ),
    );
    expect(shown.length).toBeGreaterThan(20);
    for (const { route, type, example } of shown) {
      const [verb = '', path = ''] = route.split(' ');
      const place = ['paths', path, verb, 'requestBody', 'content', type, 'schema'];
      const pointer = place
        .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/');
      const validate = ajv.compile({ $ref: `api#/${pointer}` });
      expect([route, validate(example), validate.errors]).toEqual([route, true, null]);
    }
  });

  it('leads from what names a thing to what asks for it', () => {
    const linksOf = (id: string) => {
      const responses = operations.find(([, { operationId }]) => operationId === id)?.[1].responses;
      return Object.assign({}, ...Object.values(responses ?? {}).map(({ links }) => links)) as Record<
        string,
        Link
      >;
    };
    const field = (place: string) => `$response.body#/${place}`;
    expect(linksOf('createSession')['executeSessionTool']).toEqual({
      operationId: 'executeSessionTool',
      description: '`sessionId` is `session_id` of this answer.',
      parameters: { sessionId: field('session_id') },
    });
    expect(linksOf('listProjects')['deleteProject']?.parameters).toEqual({ id: field('data/0/id') });
    expect(linksOf('createUserKey')['revokeUserKey']?.parameters).toEqual({
      id: '$request.path.id',
      keyId: field('id'),
    });
    expect(linksOf('createAuthConfig')['createConnectedAccount']?.requestBody).toEqual({
      auth_config: { id: field('auth_config/id') },
    });
    expect(linksOf('createCliSession')['getCliSession']?.parameters).toEqual({ id: field('id') });
  });

  it('has a link to every operation that asks for something in its path', () => {
    const led = new Set(
      operations.flatMap(([, { responses }]) =>
        Object.values(responses).flatMap(({ links = {} }) =>
          Object.values(links).flatMap(({ operationId, parameters }) => (parameters ? [operationId] : [])),
        ),
      ),
    );
    const asking = operations.filter(([route]) => /\{(?!entityType)/.test(route));
    const notLed = asking.map(([, { operationId }]) => operationId).filter((id) => !led.has(id));
    expect(notLed.toSorted()).toEqual(Object.keys(NOT_NAMED).toSorted());
  });

  it('leads nowhere that is not there, and by nothing that the answer has not', () => {
    const withLead = (leadsTo: Record<string, string>) => {
      @Controller('things')
      @AccessFor('anyone')
      @ApiTag('Health')
      class Things {
        @Describe({ id: 'getThing', summary: 'Get', answer: z.object({ id: z.string() }), leadsTo })
        @Get(':slug')
        get(): { id: string } {
          return { id: '1' };
        }
      }
      return () => apiDocument([Things], '0.0.0');
    };
    expect(withLead({ 'things/:slug': 'id' })).not.toThrow();
    expect(withLead({ 'things/:slug': 'name' })).toThrow('has no name');
    expect(withLead({ 'nothing/:id': 'id' })).toThrow('nothing/:id, which is nowhere');
  });

  it('says the same of a user’s id in every body that has one', () => {
    const found: [string, unknown][] = [];
    const look = (route: string, schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [name, inside] of Object.entries(schema)) {
        if (name === 'user_id') found.push([route, JSON.stringify(inside)]);
        else look(route, inside);
      }
    };
    for (const [route, { requestBody }] of operations)
      for (const { schema } of Object.values(requestBody?.content ?? {})) look(route, schema);
    expect(found.length).toBeGreaterThan(5);
    for (const [route, told] of found) {
      // A list of them is a filter.
      if (String(told).includes('"array"')) continue;
      expect([route, told]).toEqual([route, expect.stringMatching(/"maxLength":256.*"pattern":/)]);
    }
  });

  it('tells of each error by its name', () => {
    const create = operations.find(([, { operationId }]) => operationId === 'createSession')?.[1];
    const name = create?.responses['400']?.$ref?.replace('#/components/responses/', '') ?? '';
    const shared = document.components?.responses?.[name];
    expect(shared).toMatchObject({
      description: expect.stringContaining('ToolRouterV2_InvalidToolkitSlugs'),
    });
    expect(create?.security).toContainEqual({ projectKey: [] });
    expect(Object.keys(create?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '409', '413', '415', '422', '429', '500', '503']),
    );
  });
});
