import { describe, expect, it } from 'vitest';
import type { Session } from '@patchbay/contracts';
import { newContext, runInContext, type Bus, type NatsClient } from '@patchbay/service';
import { z } from 'zod';
import { RateLimits, userKey } from '../limits/index.js';
import { limitSettings } from '../limits/limits.table.js';
import { SessionRequests } from './session-requests.service.js';
import { SessionSnapshots } from './session-snapshots.service.js';

const PROJECT = 'pr_1';
const SESSION = { id: 'trs_1', projectId: PROJECT, userId: 'user_a' } as Session;

function subjects() {
  const limits = new RateLimits(z.object(limitSettings).parse({ PATCHBAY_LIMIT_USER: 10 }));
  const bus = { request: () => Promise.resolve(SESSION) } as unknown as Bus;
  const nats = { onReturn: () => undefined } as unknown as NatsClient;
  const snapshots = new SessionSnapshots(bus, nats);
  const used = async () => (await limits.peek('user', userKey(PROJECT, SESSION.userId)))?.used ?? 0;
  return { snapshots, requests: new SessionRequests(snapshots, limits), used };
}

const inRequest = <T>(work: () => T) => runInContext(newContext({ deadline: Date.now() + 10_000 }), work);

describe('SessionRequests', () => {
  it('counts a request against the limit of its user once, however often it is assigned', async () => {
    const { requests, used } = subjects();
    await inRequest(async () => {
      await requests.assignToUser(PROJECT, SESSION.id);
      await requests.assignToUser(PROJECT, SESSION.id);
    });
    expect(await used()).toBe(1);
    await inRequest(() => requests.assignToUser(PROJECT, SESSION.id));
    expect(await used()).toBe(2);
  });

  it('counts nothing where a session is only read, as by the check of a long-lived response', async () => {
    const { snapshots, used } = subjects();
    await inRequest(() => snapshots.get(PROJECT, SESSION.id));
    expect(await used()).toBe(0);
  });
});
