import { describe, expect, it } from 'vitest';
import { KeyAreas, mayUse } from './key-areas.js';

describe('a key', () => {
  it('that is not scoped may do everything', () => {
    expect(mayUse(null, 'toolkits', 'write')).toBe(true);
  });

  it.each([
    ['write', 'write', true],
    ['write', 'read', true],
    ['read', 'read', true],
    ['read', 'write', false],
    ['none', 'read', false],
  ] as const)('that holds %s of an area and wants %s: %s', (held, wanted, may) => {
    expect(mayUse({ tools: held }, 'tools', wanted)).toBe(may);
    expect(mayUse({ tools: held }, 'toolkits', 'read')).toBe(false);
  });

  it('names no areas that there are not', () => {
    expect(KeyAreas.safeParse({ everything: 'write' }).success).toBe(false);
    expect(KeyAreas.safeParse({ tools: 'all' }).success).toBe(false);
  });
});
