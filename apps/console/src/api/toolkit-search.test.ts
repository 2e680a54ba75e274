import { expect, it } from 'vitest';
import { toolkitSearch } from './toolkit-search.js';

it('asks for no toolkits by less than the API looks them up by', () => {
  expect([undefined, '', 'ca', ' c ', 'cal '].map(toolkitSearch)).toEqual([
    {},
    {},
    {},
    {},
    { search: 'cal' },
  ]);
});
