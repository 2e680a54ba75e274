import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, type Type } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessFor } from '../access/index.js';
import { apiDocument, type ApiDocument } from './document.js';

const SOURCE = join(import.meta.dirname, '..');

interface Operation {
  operationId: string;
  summary?: string;
  tags: string[];
  security: Record<string, unknown>[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<string, { $ref?: string }>;
}

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
