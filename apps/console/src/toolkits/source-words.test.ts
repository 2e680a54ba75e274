import { expect, it } from 'vitest';
import { headersIn, slugFrom, slugFromPackage } from './source-words.js';

it.each([
  ['https://api.acme.example/openapi.json', 'acme'],
  ['petstore.openapi.yaml', 'petstore'],
  ['http://127.0.0.1:4000/mcp', ''],
  ['', ''],
])('%j suggests the slug %j', (source, slug) => {
  expect(slugFrom(source)).toBe(slug);
});

it.each([
  ['npm:@modelcontextprotocol/server-everything@2026.8.31', 'everything'],
  ['npm:@acme/notes-mcp', 'notes'],
  ['pypi:mcp-server-time@1.0.0', 'time'],
  ['pypi:acme_crm@1', 'acme_crm'],
  ['npm:@acme/mcp@1.0.0', 'mcp'],
  ['npm:7zip@1.0.0', 'zip'],
  ['npm:', ''],
  ['', ''],
])('the package %j suggests the slug %j', (text, slug) => {
  expect(slugFromPackage(text)).toBe(slug);
});

it('headers are a name and a value a line', () => {
  expect(headersIn(' \n')).toBeUndefined();
  expect(headersIn('Authorization: Bearer a:b\n\nx-team: 1 ')).toEqual({
    Authorization: 'Bearer a:b',
    'x-team': '1',
  });
  expect(headersIn('no colon')).toBeNull();
});
