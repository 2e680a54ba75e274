import { describe, expect, it } from 'vitest';
import { pack, unpack } from './data-file.js';
import type { HttpTool } from './toolkit.js';

const owner = {
  type: 'object',
  properties: { login: { type: 'string', description: 'The name of the account.' } },
};
const tool = (slug: string, more: Partial<HttpTool> = {}): HttpTool => ({
  kind: 'http',
  slug,
  name: slug,
  description: 'Does it.',
  method: 'GET',
  path: '/',
  tags: [],
  input: { type: 'object', properties: { owner } },
  ...more,
});

describe('a file of tools', () => {
  const tools = [
    tool('A'),
    tool('B', { output: owner }),
    tool('C', { input: { type: 'object', properties: {} } }),
  ];
  const packed = pack(tools);

  it('gives back what was put into it', () => {
    expect(unpack(JSON.parse(JSON.stringify(packed)) as typeof packed)).toEqual(tools);
  });

  it('holds once what several tools have, on disk and in memory', () => {
    expect(JSON.stringify(packed).match(/name of the account/g)).toHaveLength(1);
    const [a, b] = unpack(packed);
    const { properties } = (a?.input ?? {}) as { properties?: Record<string, unknown> };
    expect(properties?.['owner']).toBeDefined();
    expect(properties?.['owner']).toBe(b?.output);
  });
});
