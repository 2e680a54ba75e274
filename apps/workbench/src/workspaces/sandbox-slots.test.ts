import { describe, expect, it } from 'vitest';
import { SandboxSlots } from './sandbox-slots.js';

let clock = 0;
const of = (projectId: string, count: number, isIdle = true) =>
  Array.from({ length: count }, () => ({
    session: { projectId },
    isIdle,
    suspending: undefined,
    lastUsed: (clock += 1),
  }));

describe('sandbox slots', () => {
  const slots = new SandboxSlots(5, 0.5);

  it('are free up to the share of a project, rounded up, and all of them for all together', () => {
    expect(slots.pickVictim('a', of('a', 2, false), [])).toBeUndefined();
    expect(slots.pickVictim('b', of('a', 3, false), [])).toBeUndefined();
  });

  it('of a project above its share are made by itself: what it used least recently goes', () => {
    const others = of('b', 1);
    const own = of('a', 3);
    expect(slots.pickVictim('a', [...others, ...own], [])).toBe(own[0]);
  });

  it.each([
    ['run', of('a', 3, false), []],
    ['are being started', of('a', 1, false), ['a', 'a']],
  ])('of a project that all %s are refused to it with the reason, and to no other', (_, live, starting) => {
    expect(() => slots.pickVictim('a', live, starting)).toThrow(
      expect.objectContaining({
        code: 'rate_limited',
        retryAfter: 5,
        message: expect.stringContaining('All 3 sandboxes that one project may have'),
      }),
    );
    expect(slots.pickVictim('b', live, starting)).toBeUndefined();
  });

  it('when none is left come from the project that has the most', () => {
    const few = of('b', 2);
    const many = of('a', 3);
    expect(slots.pickVictim('c', [...few, ...many], [])).toBe(many[0]);
    expect(() => slots.pickVictim('c', [...of('a', 3, false), ...of('b', 2, false)], [])).toThrow('busy');
  });

  it('started ahead of time are not for the project that has the most of them already', () => {
    expect(slots.mayTakeWarm('a', of('a', 2))).toBe(true);
    expect(slots.mayTakeWarm('a', [...of('a', 2), ...of('b', 1)])).toBe(false);
    expect(slots.mayTakeWarm('b', [...of('a', 2), ...of('b', 1)])).toBe(true);
  });

  it('are at least one', () => {
    expect(new SandboxSlots(1, 0.5).perProject).toBe(1);
    expect(new SandboxSlots(20, 0.01).perProject).toBe(1);
    expect(new SandboxSlots(20, 1).perProject).toBe(20);
  });
});
