import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectOnceIdle } from './collect-once-idle.js';

describe('collectOnceIdle', () => {
  let cpuMs = 0;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    vi.spyOn(process, 'cpuUsage').mockImplementation((before) => ({
      user: cpuMs * 1_000 - (before?.user ?? 0),
      system: 0,
    }));
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('collects garbage once, when the process first does nothing', async () => {
    const makeGarbage = () => new WeakRef(Array.from({ length: 1_000 }, (_, n) => ({ n })));
    const garbage = makeGarbage();
    // A reference holds what it was made for until the turn is over.
    await turn();
    collectOnceIdle();
    cpuMs += 5_000;
    vi.advanceTimersByTime(10_000);
    expect(garbage.deref()).toBeDefined();
    await turn();
    vi.advanceTimersByTime(10_000);
    expect(garbage.deref()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    expect('gc' in globalThis).toBe(false);
  });
});
