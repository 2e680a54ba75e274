import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions, migrate } from '@patchbay/database';
import { createDatabase, eventually } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { database } from '../database.js';
import { InstanceStates } from '../registrations/index.js';
import { LeasesStore, LeaseLost, type Lease } from './leases.store.js';

let dataSource: DataSource;
let store: LeasesStore;
beforeAll(async () => {
  const url = await createDatabase();
  await migrate(url, database);
  dataSource = await new DataSource(dataSourceOptions(url, database)).initialize();
  store = new LeasesStore(dataSource);
});
afterAll(() => dataSource?.destroy());
beforeEach(() => dataSource.query('DELETE FROM trigger_instances'));

/** @param dueSeconds ago, each a second sooner than the one before */
async function insert(projectId: string, count: number, dueSeconds: number): Promise<void> {
  await dataSource.query(
    `INSERT INTO trigger_instances (id, project_id, user_id, connection_id, auth_config_id, toolkit, trigger_slug, version,
        config, config_sha256, mechanism, interval_seconds, next_poll_at, cursor)
      SELECT $1 || '-' || n, $1, 'ann', 'ca_' || $1, 'ac_1', 'github', 'GITHUB_COMMIT_EVENT', '1', '{}', n::text, 'poll', 60,
        now() - ($3 - n) * interval '1 second', '{"id": 12345678901234567890, "text": "a\\u0000b"}'
        FROM generate_series(1, $2) n`,
    [projectId, count, dueSeconds],
  );
}
const claim = (most: number, share = most, held = new Map<string, number>()) =>
  store.claim(most, share, held);
const ids = (leases: Lease[]) => leases.map(({ id }) => id).toSorted();
const NEXT = { nextPollAt: new Date(Date.now() + 60_000), cursor: { id: 2 }, failures: 0, lastError: null };

describe('leases of instances', () => {
  it('are taken by one replica each, the longest due first, and not before they are due', async () => {
    await insert('a', 20, 1_000);
    await insert('b', 1, -1_000);
    expect(ids(await claim(3))).toEqual(['a-1', 'a-2', 'a-3']);
    const taken = await Promise.all(Array.from({ length: 8 }, () => claim(5)));
    const all = taken.flat().map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length + (await claim(100)).length).toBe(17);
    expect(await claim(10)).toEqual([]);
  });

  it('bring what a poll needs, with the cursor digit by digit', async () => {
    await insert('a', 1, 100);
    const [lease] = await claim(1);
    expect(lease).toMatchObject({
      id: 'a-1',
      projectId: 'a',
      userId: 'ann',
      connectionId: 'ca_a',
      triggerSlug: 'GITHUB_COMMIT_EVENT',
      toolkit: 'github',
      config: {},
      intervalSeconds: 60,
      failures: 0,
    });
    expect(String(lease?.cursor?.['id'])).toBe('12345678901234567890');
    expect(lease?.dueAt.getTime()).toBeLessThan(Date.now() - 90_000);
    await store.keep([{ lease: lease as Lease, plan: { ...NEXT, cursor: (lease as Lease).cursor } }]);
    const [row] = await dataSource.query<{ cursor: string }[]>('SELECT cursor::text FROM trigger_instances');
    expect(row?.cursor.replaceAll(' ', '')).toBe('{"id":12345678901234567890,"text":"a\\u0000b"}');
  });

  it('are shared: a project with thousands that are due does not have all places', async () => {
    await insert('busy', 500, 5_000);
    await insert('quiet', 2, 10);
    const first = await claim(10, 5);
    expect(ids(first)).toEqual(['busy-1', 'busy-2', 'busy-3', 'busy-4', 'busy-5']);
    expect(ids(await claim(10, 5, new Map([['busy', 5]])))).toEqual(['quiet-1', 'quiet-2']);
    expect(await claim(10, 5, new Map([['busy', 3]]))).toHaveLength(2);
  });

  it('end by themselves, and are then somebody else’s', async () => {
    await insert('a', 1, 10);
    const [killed] = await claim(1);
    await dataSource.query("UPDATE trigger_instances SET next_poll_at = now() - interval '1 second'");
    const [other] = await claim(1);
    expect(other?.id).toBe('a-1');
    await store.keep([{ lease: killed as Lease, plan: { ...NEXT, cursor: { id: 'late' } } }]);
    await expect(
      dataSource.transaction((manager) => store.requireHeld(manager, killed as Lease)),
    ).rejects.toThrow(LeaseLost);
    await store.keep([{ lease: other as Lease, plan: NEXT }]);
    const [row] = await dataSource.query<{ cursor: unknown; lease_token: unknown }[]>(
      'SELECT cursor, lease_token FROM trigger_instances',
    );
    expect(row).toEqual({ cursor: { id: 2 }, lease_token: null });
  });

  describe('of what its provider tells of', () => {
    const states = new InstanceStates(undefined as never, undefined as never);
    const hint = (...instanceIds: string[]) => states.hint(dataSource.manager, instanceIds);
    const secondsToNext = async (id: string) => {
      const [row] = await dataSource.query<{ seconds: number }[]>(
        'SELECT extract(epoch FROM next_poll_at - now())::float AS seconds FROM trigger_instances WHERE id = $1',
        [id],
      );
      return row?.seconds ?? NaN;
    };
    /** Was polled, and is not due for long. */
    async function polled(count: number): Promise<void> {
      await insert('a', count, 10);
      await dataSource.query(
        "UPDATE trigger_instances SET is_hinted = true, last_polled_at = now() - interval '1 minute', next_poll_at = now() + interval '900 seconds'",
      );
    }

    const claimed: Lease[] = [];
    /** Times of the table are whole milliseconds: what is due now may be due in half of one. */
    const claimAll = (count: number) =>
      eventually(async () => {
        claimed.push(...(await claim(count)));
        expect(claimed.length).toBeGreaterThanOrEqual(count);
        return claimed.splice(0);
      });

    it('are to be had as soon as it tells, and not too often', async () => {
      await polled(2);
      await hint('a-1', 'a-2');
      const [lease, other] = await claimAll(2);
      expect(lease).toMatchObject({ isHinted: true, wasHinted: true });
      await store.keep([{ lease: lease as Lease, plan: NEXT }]);
      await hint(lease?.id ?? '');
      expect(await secondsToNext(lease?.id ?? '')).toBeGreaterThan(1);
      expect(await secondsToNext(lease?.id ?? '')).toBeLessThan(2.5);
      // Told while it is polled: that may have come too early.
      await hint(other?.id ?? '');
      expect(await claim(10)).toEqual([]);
      await store.keep([{ lease: other as Lease, plan: NEXT }]);
      expect(await secondsToNext(other?.id ?? '')).toBeLessThan(2.5);
    });

    it('wait as long as its provider wants, and where a poll failed until its next try', async () => {
      await polled(3);
      await dataSource.query("UPDATE trigger_instances SET connection_id = 'ca_b' WHERE id = 'a-3'");
      await hint('a-1');
      const [lease] = await claimAll(1);
      await store.holdBack({ connectionId: 'ca_a' }, new Date(Date.now() + 300_000));
      await store.keep([{ lease: lease as Lease, plan: NEXT }]);
      await hint('a-1', 'a-2', 'a-3');
      expect(await secondsToNext('a-1')).toBeGreaterThan(50);
      expect(await secondsToNext('a-2')).toBeGreaterThan(290);
      const [third] = await claimAll(1);
      expect(third).toMatchObject({ id: 'a-3', wasHinted: true });
      await hint('a-3');
      await store.keep([{ lease: third as Lease, plan: { ...NEXT, failures: 1, lastError: 'Down' } }]);
      await hint('a-3');
      expect(await secondsToNext('a-3')).toBeGreaterThan(50);
      const [gone] = await dataSource.query<{ hinted: boolean }[]>(
        "SELECT hinted_at IS NOT NULL AS hinted FROM trigger_instances WHERE id = 'a-3'",
      );
      expect(gone?.hinted).toBe(true);
    });

    it('are watched by how often it is looked anyway', async () => {
      await polled(1);
      await dataSource.query("UPDATE trigger_instances SET next_poll_at = now() - interval '1 second'");
      await dataSource.query("UPDATE trigger_instances SET last_polled_at = now() - interval '1000 seconds'");
      expect(await store.countLate()).toBe(0);
      await dataSource.query("UPDATE trigger_instances SET last_polled_at = now() - interval '2800 seconds'");
      expect(await store.countLate()).toBe(1);
    });
  });

  it('are watched: what is enabled and not polled for three intervals is counted', async () => {
    await insert('a', 3, 10);
    expect(await store.countLate()).toBe(0);
    await dataSource.query("UPDATE trigger_instances SET last_polled_at = now() - interval '200 seconds'");
    expect(await store.countLate()).toBe(3);
    // One that waits because its provider wants it to is not late.
    await dataSource.query(
      "UPDATE trigger_instances SET next_poll_at = now() + interval '1 hour' WHERE id = 'a-1'",
    );
    expect(await store.countLate()).toBe(2);
  });
});
