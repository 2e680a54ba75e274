import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('gives what the check gives once it passes', async () => {
    let looks = 0;
    const answer = await eventually(
      () => {
        looks += 1;
        if (looks < 3) throw new Error('not yet');
        return `look ${looks}`;
      },
      { interval: 1 },
    );
    expect(answer).toBe('look 3');
  });

  it('throws the last error of a check that never passes', async () => {
    let looks = 0;
    const check = () => Promise.reject(new Error(`look ${(looks += 1)}`));
    await expect(eventually(check, { timeout: 20, interval: 1 })).rejects.toThrow(/^look \d+$/);
    expect(looks).toBeGreaterThan(1);
  });
});
