import { describe, expect, it } from 'vitest';
import { mergedDocument } from './merged-document.js';

const answer = (reference: string) => ({
  get: { responses: { 200: { content: { 'application/json': { schema: { $ref: reference } } } } } },
});
const first = {
  openapi: '3.0.0',
  servers: [{ url: 'https://api.acme.example' }],
  paths: { '/notes': answer('https://acme.example/v1/people.json#/components/schemas/Item') },
  components: { schemas: { Item: { type: 'string' } } },
};
const second = {
  openapi: '3.0.0',
  servers: [{ url: 'https://api.acme.example/people' }],
  paths: {
    '/people': answer('#/components/schemas/Item'),
    '/bad': answer('other.json#/components/schemas/Item'),
  },
  components: { schemas: { Item: { type: 'object' } } },
};

describe('mergedDocument', () => {
  const merged = mergedDocument([
    { file: 'v1/notes.json', content: first },
    { file: 'v1/people.json', content: second },
  ]) as typeof first & { paths: Record<string, unknown> };

  it('tells components of one name apart, and leads to them from either document', () => {
    expect(merged.components.schemas).toEqual({ Item: { type: 'string' }, Item_2: { type: 'object' } });
    expect(merged.paths['/notes']).toEqual(answer('#/components/schemas/Item_2'));
    expect(merged.paths['/people']).toMatchObject(answer('#/components/schemas/Item_2'));
  });

  it('keeps the servers of a document that is elsewhere', () => {
    expect(merged.paths['/people']).toHaveProperty('servers', second.servers);
    expect(merged.paths['/notes']).not.toHaveProperty('servers');
  });

  it('leaves a reference to a file that is not among them', () => {
    expect(merged.paths['/bad']).toMatchObject(answer('other.json#/components/schemas/Item'));
  });

  it('leaves one document as it is', () => {
    expect(mergedDocument([{ file: 'a.json', content: first }])).toBe(first);
  });
});
