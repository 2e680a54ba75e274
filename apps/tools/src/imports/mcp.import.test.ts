import { describe, expect, it } from 'vitest';
import { findBreaches } from '@patchbay/toolkits';
import { readListedTools } from '../mcp/reading/listed-tools.js';
import { toReading } from './mcp.import.js';

const ACME = { slug: 'acme', name: undefined, url: 'https://mcp.example.com/mcp' };
const readList = (list: unknown[]) => {
  const { tools, skipped } = readListedTools(list, 0);
  return toReading(ACME, tools, [], skipped);
};
const read = (...tools: object[]) =>
  readList(tools.map((tool) => ({ name: 'tool', inputSchema: { type: 'object' }, ...tool })));

describe('the tools of an MCP server', () => {
  it('become a toolkit, named after it, with their hints', () => {
    const { definition, imported } = read(
      {
        name: 'list-things',
        title: 'List things',
        annotations: { readOnlyHint: true, destructiveHint: false },
      },
      { name: 'list things' },
    );
    expect(imported).toEqual(['ACME_LIST_THINGS', 'ACME_LIST_THINGS_2']);
    expect(definition.tools[0]).toMatchObject({
      kind: 'mcp',
      upstreamName: 'list-things',
      name: 'List things',
      tags: ['readOnlyHint'],
      input: { type: 'object', properties: {} },
    });
  });

  it('have schemas that every provider of models takes', () => {
    const { definition, refused } = read({
      inputSchema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { size: { type: 'integer', exclusiveMinimum: 0 }, place: { $ref: '#/$defs/place' } },
        $defs: { place: { type: 'object', properties: { city: { type: 'string' } } } },
      },
    });
    expect(refused).toEqual([]);
    const [tool] = definition.tools;
    expect(findBreaches('ACME_TOOL', tool?.input as Record<string, unknown>)).toEqual([]);
    expect(tool?.input).toMatchObject({
      properties: { place: { properties: { city: { type: 'string' } } } },
    });
  });

  it('are skipped with the reason when they cannot be taken', () => {
    const inputSchema = {
      type: 'object',
      properties: { x: { $ref: '#/$defs/nowhere' } },
    };
    const { imported, refused } = read({ name: 'broken', inputSchema }, { name: 'good' });
    expect(imported).toEqual(['ACME_GOOD']);
    expect(refused).toMatchObject([
      { operation: 'broken', place: expect.stringContaining('/tools/0/inputSchema') },
    ]);
  });

  it('are skipped when they nest without end, and answer what they like', () => {
    let endless: object = { type: 'string' };
    for (let depth = 0; depth < 20_000; depth += 1) endless = { anyOf: [endless] };
    const inputSchema = { type: 'object', properties: { x: endless } };
    const outputSchema = { type: 'object', required: null };
    const { definition, refused, adjusted } = read(
      { name: 'endless', inputSchema },
      { name: 'odd', outputSchema },
    );
    expect(adjusted).toEqual([]);
    expect(refused).toMatchObject([{ operation: 'endless' }]);
    expect(JSON.stringify(definition.tools)).not.toContain('null');
  });

  it('are a thousand at most', () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ name: `tool ${index}` }));
    const { imported, refused } = read(...many);
    expect(imported).toHaveLength(1_000);
    expect(refused).toMatchObject([
      { operation: 'tool 1000', reason: expect.stringContaining('1000 tools') },
    ]);
  });

  it('are skipped when they are composed of one another twice over, again and again', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 24 }, (_, level) => {
        const below = { $ref: `#/$defs/d${level + 1}` };
        return [
          `d${level}`,
          level === 23 ? { type: 'string' } : { allOf: [below, { description: 'x' }, below] },
        ];
      }),
    );
    const inputSchema = { type: 'object', properties: { x: { $ref: '#/$defs/d0' } }, $defs };
    const began = process.threadCpuUsage();
    const { refused } = read({ inputSchema: inputSchema });
    expect(refused).toMatchObject([{ operation: 'tool', reason: 'the schema is too large' }]);
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });
});
