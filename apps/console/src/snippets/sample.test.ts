import { expect, it } from 'vitest';
import { sampleOf } from './sample.js';

it('gives what is required, with the example that the schema has', () => {
  const schema = {
    type: 'object',
    required: ['owner', 'count', 'tags'],
    properties: {
      owner: { type: 'string', examples: ['octocat'] },
      count: { type: 'integer', minimum: 3 },
      tags: { type: 'array', items: { enum: ['a', 'b'] } },
      other: { type: 'string' },
    },
  };
  expect(sampleOf(schema)).toEqual({ owner: 'octocat', count: 3, tags: ['a'] });
});

it('ends at a schema without end', () => {
  const endless: { type: string; required: string[]; properties: Record<string, object> } = {
    type: 'object',
    required: ['next'],
    properties: {},
  };
  endless.properties['next'] = endless;
  expect(JSON.stringify(sampleOf(endless))).toBe('{"next":{"next":{"next":{"next":{}}}}}');
});
