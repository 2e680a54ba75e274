import { expect, it } from 'vitest';
import { headersIn, slugFrom } from './source-words.js';

it.each([
  ['https://api.acme.example/openapi.json', 'acme'],
  ['petstore.openapi.yaml', 'petstore'],
  ['http://127.0.0.1:4000/mcp', ''],
  ['', ''],
])('%j suggests the slug %j', (source, slug) => {
  expect(slugFrom(source)).toBe(slug);
});

it('headers are a name and a value a line', () => {
  expect(headersIn(' \n')).toBeUndefined();
  expect(headersIn('Authorization: Bearer a:b\n\nx-team: 1 ')).toEqual({
    Authorization: 'Bearer a:b',
    'x-team': '1',
  });
  expect(headersIn('no colon')).toBeNull();
});
