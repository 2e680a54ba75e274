import { beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { AppError } from '@patchbay/contracts';
import type { NatsClient } from '@patchbay/service';
import { z } from 'zod';
import { Attempts } from './attempts.service.js';
import { RateLimits } from './rate-limits.service.js';
import { limitSettings } from './limits.table.js';

const MOST = 5;
/** An hour: no window ends within a test. */
const config = z
  .object(limitSettings)
  .parse({ PATCHBAY_LIMIT_FAILURES: MOST, PATCHBAY_LIMIT_WINDOW_SECONDS: 3_600 });

let attempts: Attempts;
let nats: { onReturn: Mock<(listener: () => void) => void> };
let asked: number;
const good = new Set<string>();

beforeEach(() => {
  nats = { onReturn: vi.fn<(listener: () => void) => void>() };
  attempts = new Attempts(new RateLimits(config), nats as unknown as NatsClient);
  asked = 0;
  good.clear();
});

async function bring(secret: string, address = 'here'): Promise<string> {
  try {
    return await attempts.verify(
      { limit: 'failures', refusal: 'unauthenticated', address, secret },
      async () => {
        asked += 1;
        if (good.has(secret)) return 'in';
        throw new AppError('unauthenticated', 'Nobody has this key.');
      },
    );
  } catch (error) {
    return (error as AppError).code;
  }
}
const bringMany = async (count: number, address?: string) => {
  const outcomes: string[] = [];
  for (let index = 0; index < count; index += 1)
    outcomes.push(await bring(`wrong ${index} ${asked}`, address));
  return outcomes;
};

describe('Attempts', () => {
  it('lets an address bring so many wrong secrets, and then says that it may not', async () => {
    expect(await bringMany(MOST)).toEqual(Array(MOST).fill('unauthenticated'));
    expect(new Set(await bringMany(3))).toEqual(new Set(['rate_limited']));
    expect(await bring('wrong', 'elsewhere')).toBe('unauthenticated');
  });

  it('looks a few a second up all the same, so that a good one at that address gets in', async () => {
    await bringMany(MOST);
    good.add('good');
    expect(await bring('good')).toBe('in');
    await bringMany(100);
    // Of a hundred the slow lane let ten through.
    expect(asked).toBeLessThan(MOST + 30);
    expect(await bring('good')).toBe('in');
  });

  it('asks no second time for what was refused just now, and counts it apart', async () => {
    for (let times = 0; times < 50; times += 1) await bring('the same one');
    expect(asked).toBe(1);
    // The loop has a count of its own: another wrong key at the address is still told what is wrong.
    expect(await bring('another one')).toBe('unauthenticated');
  });

  it('forgets what was good once it is refused', async () => {
    good.add('revoked');
    expect(await bring('revoked')).toBe('in');
    good.clear();
    expect(await bring('revoked')).toBe('unauthenticated');
    expect(asked).toBe(2);
    expect(await bring('revoked')).toBe('unauthenticated');
    expect(asked).toBe(2);
  });

  it('takes no outage for a refusal', async () => {
    const outage = () =>
      attempts.verify({ limit: 'failures', refusal: 'unauthenticated', address: 'here', secret: 'x' }, () =>
        Promise.reject(new AppError('unavailable', 'Away.')),
      );
    for (let times = 0; times < MOST * 2; times += 1) {
      await expect(outage()).rejects.toMatchObject({ code: 'unavailable' });
    }
    good.add('x');
    expect(await bring('x')).toBe('in');
  });

  it('asks again after an outage of the bus: what was refused may be good by now', async () => {
    expect(await bring('new')).toBe('unauthenticated');
    good.add('new');
    nats.onReturn.mock.calls[0]?.[0]();
    expect(await bring('new')).toBe('in');
  });
});
