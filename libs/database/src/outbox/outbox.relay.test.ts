import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  defineEvent,
  discardDeadLetter,
  EventEnvelope,
  listDeadLetters,
  newId,
  resendDeadLetter,
} from '@patchbay/contracts';
import { Bus, createLogger, ensureEventStream } from '@patchbay/service';
import { createDatabase, eventually, startNats } from '@patchbay/testing';
import { z } from 'zod';
import { notes } from '../../test/note.js';
import { runService } from '../../test/running-service.js';
import { migrate } from '../migrations.js';

const noted = defineEvent('events.auth.note.created', z.object({ id: z.string() }));
const MEGABYTE = 1024 * 1024;

describe('OutboxRelay', () => {
  let storeDir: string;
  let nats: Awaited<ReturnType<typeof startNats>>;
  let url: string;
  let service: Awaited<ReturnType<typeof runService>>;
  let bus: Bus;
  let heard: EventEnvelope<Record<string, unknown>>[] = [];

  const start = async () => {
    service = await runService(nats.url, url, notes('auth'));
    bus = new Bus(service.nats, createLogger('auth', 'silent'));
    service.nats.connection.subscribe('events.>', {
      callback: (_error, message) => void heard.push(message.json()),
    });
    await ensureEventStream(service.nats);
  };

  beforeAll(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'patchbay-nats-test-'));
    nats = await startNats({ storeDir });
    url = await createDatabase();
    await migrate(url, notes('auth'));
    await start();
  });
  afterAll(async () => {
    await service?.close();
    await nats?.stop();
    await rm(storeDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await nats.start();
    await eventually(() => expect(service.nats.connected).toBe(true));
    heard = [];
    await service.dataSource.query('TRUNCATE dead_letters, outbox');
  });

  /** A row as an older version wrote it, with whatever was in it. */
  const put = async (body: string, subject = noted.subject) => {
    const id = newId('event');
    await service.dataSource.query('INSERT INTO outbox (event_id, subject, body) VALUES ($1, $2, $3)', [
      id,
      subject,
      body.replace('EVENT_ID', id),
    ]);
    return id;
  };
  const event = (data: object) => JSON.stringify({ ...bus.envelop('proj_1', data), id: 'EVENT_ID' });
  const tell = (id: string) => service.transactions.run((_manager, emit) => emit(noted, 'proj_1', { id }));
  const ids = () => heard.map(({ id }) => id);
  const waiting = async () =>
    (
      await service.dataSource.query<{ event_id: string }[]>('SELECT event_id FROM outbox ORDER BY position')
    ).map(({ event_id }) => event_id);
  const letters = () => bus.request(listDeadLetters('auth'), { limit: 50 });
  const nothingWaits = () => eventually(async () => expect(await waiting()).toEqual([]));

  it('goes on after an event of 9 MB that an older version left, also when it starts with it', async () => {
    await service.close();
    // Written while no relay runs.
    service = await runService(nats.url, url, notes('auth'));
    clearInterval(service.relay['timer']);
    const huge = { connectionId: 'conn_1', reason: `invalid_grant: ${'x'.repeat(9 * MEGABYTE)}` };
    const poison = await put(event(huge));
    const after = await put(event({ id: 'after' }));
    await service.close();
    await start();
    await nothingWaits();
    await eventually(() => expect(ids()).toEqual([poison, after]));
    expect(heard[0]?.data).toEqual({
      connectionId: 'conn_1',
      reason: expect.stringMatching(/^invalid_grant: x+…$/),
    });
    expect((await letters()).items).toEqual([]);
  });

  it('sets aside what can never be sent, with the reason, and everything else goes at once', async () => {
    const before = await put(event({ id: 'before' }));
    const many = Array.from({ length: 40_000 }, (_, index) => `grant_${index}_aaaaaaaaaa`);
    const bad = [
      await put(event({ ids: many })),
      await put(`no json ${'x'.repeat(MEGABYTE)}`),
      await put(event({ id: 'nowhere' }), 'elsewhere.note.created'),
      await put(event({ id: 'wild' }), 'events.auth.note.*'),
      await put('y'.repeat(17 * MEGABYTE)),
    ];
    const after = await put(event({ id: 'after' }));
    await nothingWaits();
    await eventually(() => expect(ids()).toEqual([before, after]));
    const { items, total } = await letters();
    expect(total).toBe(5);
    expect(items.map(({ eventId }) => eventId)).toEqual(bad.toReversed());
    expect(items.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('17825792 bytes'),
      expect.stringContaining('subject'),
      expect.stringContaining('subject'),
      expect.stringContaining('no JSON'),
      expect.stringContaining('too large with its texts cut'),
    ]);
    expect(items[0]).toMatchObject({ origin: 'outbox', bytes: 17 * MEGABYTE, isWhole: false });
    expect(items[0]?.beginning).toHaveLength(2_000);
    const [kept] = await service.dataSource.query<{ most: number }[]>(
      'SELECT max(octet_length(body)) AS most FROM dead_letters',
    );
    expect(kept?.most).toBeLessThanOrEqual(MEGABYTE);
  });

  it('tells of a change although a text in its event has no end', async () => {
    await tell('t'.repeat(9 * MEGABYTE));
    await tell('small');
    await nothingWaits();
    await eventually(() =>
      expect(heard.map(({ data }) => String(data['id']).slice(0, 5))).toEqual(['ttttt', 'small']),
    );
  });

  it('waits while NATS is away, for as long as it takes, and sets nothing aside', async () => {
    await nats.stop();
    await eventually(() => expect(service.nats.connected).toBe(false));
    const id = await put(event({ id: 'waits' }));
    for (let round = 0; round < 20; round += 1) await service.relay.nudge();
    expect(await waiting()).toEqual([id]);
    await nats.start();
    await nothingWaits();
    await eventually(() => expect(ids()).toEqual([id]));
    expect((await letters()).total).toBe(0);
  });

  it('tries again later what the stream refuses for now, and lets the others go by', async () => {
    const { connection } = service.nats;
    // Of JetStream: a stream that is full and takes nothing new; on a subject of its own.
    const ask = async (subject: string, body: object) =>
      (await connection.request(`$JS.API.STREAM.${subject}`, JSON.stringify(body))).json<object>();
    await ask('UPDATE.EVENTS', { name: 'EVENTS', subjects: ['events.auth.>'] });
    const full = {
      name: 'FULL',
      subjects: ['events.full.>'],
      discard: 'new',
      max_msgs: 1,
      storage: 'memory',
    };
    expect(await ask('CREATE.FULL', full)).not.toHaveProperty('error');
    try {
      const first = await put(event({ id: 'first' }), 'events.full.note.created');
      await nothingWaits();
      const refused = await put(event({ id: 'refused' }), 'events.full.note.created');
      const after = await put(event({ id: 'after' }));
      await eventually(() => expect(ids()).toEqual(expect.arrayContaining([first, after])));
      // Heard before the relay commits that it went.
      await eventually(async () => expect(await waiting()).toEqual([refused]));
      await ask('UPDATE.FULL', { ...full, max_msgs: 10 });
      await eventually(async () => expect(await waiting()).toEqual([]), { timeout: 15_000 });
      expect((await letters()).total).toBe(0);
    } finally {
      await ask('DELETE.FULL', {});
      await ask('UPDATE.EVENTS', { name: 'EVENTS', subjects: ['events.>'] });
    }
  });

  it('lists dead letters page by page, sends one again and discards another', async () => {
    const [one, two] = [
      await put('no json of mine'.padEnd(700_000, '!')),
      await put('nor mine'.padEnd(700_000, '!')),
    ];
    await nothingWaits();
    const first = await bus.request(listDeadLetters('auth'), { limit: 1 });
    const cursor = String(first.nextCursor);
    const second = await bus.request(listDeadLetters('auth'), { limit: 1, cursor });
    expect([...first.items, ...second.items].map(({ eventId }) => eventId)).toEqual([two, one]);
    expect(second.nextCursor).toBeNull();
    const [{ id: idTwo } = { id: '' }, { id: idOne } = { id: '' }] = [...first.items, ...second.items];
    // Still what it was: it is set aside again, and that is said.
    await expect(bus.request(resendDeadLetter('auth'), { id: idOne })).rejects.toMatchObject({
      code: 'conflict',
    });
    await service.dataSource.query(
      'UPDATE dead_letters SET body = $1::text, bytes = octet_length($1::text) WHERE event_id = $2',
      [event({ id: 'mended' }), one],
    );
    const mended = (await letters()).items.find(({ eventId }) => eventId === one);
    await bus.request(resendDeadLetter('auth'), { id: String(mended?.id) });
    await eventually(() => expect(heard.map(({ data }) => data['id'])).toEqual(['mended']));
    await bus.request(discardDeadLetter('auth'), { id: idTwo });
    expect((await letters()).items).toEqual([]);
    await expect(bus.request(discardDeadLetter('auth'), { id: idTwo })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
