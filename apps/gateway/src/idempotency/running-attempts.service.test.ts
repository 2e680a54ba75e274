import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IdempotencyStore } from './idempotency.store.js';
import type { OpenRecord } from './request-records.service.js';
import { RunningAttempts } from './running-attempts.service.js';

const GRACE_MS = 10_000;

/** Records by subject, as the stream keeps them. */
function storeInMemory() {
  const records = new Map<string, string>();
  const store = {
    subjectOf: (...parts: string[]) => parts.join('.'),
    write: async (subject: string, body: string) => void records.set(subject, body),
    read: async (subject: string) => {
      const body = records.get(subject);
      return body === undefined ? undefined : { subject, sequence: 1, body };
    },
  };
  return store as unknown as IdempotencyStore;
}

describe('RunningAttempts', () => {
  let killed: RunningAttempts;
  let other: RunningAttempts;

  beforeEach(() => {
    vi.useFakeTimers();
    const store = storeInMemory();
    killed = new RunningAttempts(store);
    other = new RunningAttempts(store);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const attempt = (id: string): OpenRecord => ({
    kind: 'tries',
    owner: 'project',
    subject: `repeats.tries.project.hash.${id}`,
    started: { fingerprint: 'hash', until: 0, replica: killed.replica, begun: Date.now() },
  });
  const hadEnded = ({ subject, started }: OpenRecord) =>
    other.hadEnded({ subject, sequence: 1, body: '', state: started }, GRACE_MS);

  it('tells other replicas which attempts of one that was killed had ended', async () => {
    const [ended, running, late] = [attempt('ended'), attempt('running'), attempt('late')];
    killed.end(killed.begin(ended));
    killed.begin(running);
    vi.advanceTimersByTime(1_000);
    killed.onModuleDestroy();
    late.started.begun = Date.now();
    vi.advanceTimersByTime(GRACE_MS);
    expect(await Promise.all([ended, running, late].map(hadEnded))).toEqual([true, false, false]);
  });

  it('does not say so while a client may still come back for the answer', async () => {
    const ended = attempt('ended');
    killed.end(killed.begin(ended));
    vi.advanceTimersByTime(1_000);
    killed.onModuleDestroy();
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect(await hadEnded(ended)).toBe(false);
  });

  it('knows nothing of what an earlier version had begun', async () => {
    const { subject } = attempt('old');
    const state = { fingerprint: 'hash', until: 0 };
    expect(await other.hadEnded({ subject, sequence: 1, body: '', state }, GRACE_MS)).toBe(false);
  });
});
