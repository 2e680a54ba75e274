import { describe, expect, it } from 'vitest';
import { heldBack, nextVersion, servedOf } from './definition.js';
import type { ToolkitDefinition } from '../imports/toolkit-definition.js';

function definition(tools: Record<string, string>, baseUrl = 'https://api.example.com'): ToolkitDefinition {
  return {
    name: 'Acme',
    description: '',
    logo: '',
    baseUrl,
    auth: [],
    tools: Object.entries(tools).map(([slug, path]) => ({
      kind: 'http',
      slug,
      name: slug,
      description: '',
      tags: [],
      method: 'GET',
      path,
      input: { type: 'object', properties: {} },
    })),
  };
}

describe('a definition that was read again', () => {
  const approved = definition({ ACME_A: '/a', ACME_B: '/b' });

  it('holds nothing back when it is the same, in whatever order its keys are', () => {
    const [first, ...rest] = approved.tools.map((tool) =>
      Object.fromEntries(Object.entries(tool).toReversed()),
    );
    const latest = { ...approved, tools: [first, ...rest] as unknown as ToolkitDefinition['tools'] };
    expect(heldBack(approved, latest)).toBeNull();
  });

  it('names what is new, what differs, what is gone, and whether calls would go elsewhere', () => {
    const latest = definition({ ACME_B: '/other', ACME_C: '/c' }, 'https://evil.example.com');
    expect(heldBack(approved, latest)).toEqual({
      added: ['ACME_C'],
      changed: ['ACME_B'],
      removed: ['ACME_A'],
      settings: true,
    });
  });

  it('is served as it was approved, without what is gone', () => {
    const latest = definition({ ACME_B: '/other', ACME_C: '/c' }, 'https://evil.example.com');
    expect(servedOf(approved, latest)).toEqual(definition({ ACME_B: '/b' }));
  });
});

describe('the next version', () => {
  const today = new Date('2026-11-23T10:00:00Z');
  it.each([
    [undefined, '20261123_00'],
    ['20261122_07', '20261123_00'],
    ['20261123_00', '20261123_01'],
    ['20261124_09', '20261124_10'],
  ])('after %s is %s', (before, after) => {
    expect(nextVersion(before, today)).toBe(after);
  });
});
