import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, eventually, runSql, startNats, startPgBouncer } from '@patchbay/testing';
import { ensureEventStream } from '@patchbay/service';
import { Note, notes } from '../test/note.js';
import { runService } from '../test/running-service.js';
import { migrate } from './migrations.js';
import { grantSchema } from './roles.js';
import { withinTime } from './within-time.js';

const database = notes('auth');

describe('behind PgBouncer in transaction mode', () => {
  let admin: string;
  let direct: string;
  let pooled: string;
  let other: string;
  let pooler: Awaited<ReturnType<typeof startPgBouncer>>;
  let nats: Awaited<ReturnType<typeof startNats>>;
  let service: Awaited<ReturnType<typeof runService>>;

  beforeAll(async () => {
    admin = await createDatabase();
    const role = `auth_${new URL(admin).pathname.slice(1)}`;
    direct = as(admin, role);
    await grantSchema(admin, direct, 'auth');
    await migrate(direct, database);
    const { username, password, port } = new URL(admin);
    pooler = await startPgBouncer({
      postgresPort: Number(port),
      passwords: { [role]: 'secret', [username]: password },
      poolSize: 2,
    });
    pooled = through(direct);
    other = through(admin);
    nats = await startNats();
    service = await runService(nats.url, pooled, database);
    await ensureEventStream(service.nats);
  });

  afterAll(async () => {
    await service?.close();
    await nats?.stop();
    await pooler?.stop();
  });

  function as(address: string, role: string): string {
    const url = new URL(address);
    url.username = role;
    url.password = 'secret';
    return url.href;
  }

  function through(address: string): string {
    const url = new URL(address);
    url.port = String(pooler.port);
    url.searchParams.set('pgbouncer', 'true');
    return url.href;
  }

  it('keeps rows and sends their events, more transactions at once than there are connections', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `note-${index}`);
    await Promise.all(
      ids.map((id) =>
        service.dataSource.transaction(async (manager) => {
          await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['one after another']);
          await manager.insert(Note, { id });
          await manager.query(
            `INSERT INTO outbox (event_id, subject, body) VALUES ($1, 'events.auth.note.written', '{}')`,
            [id],
          );
        }),
      ),
    );
    await service.relay.nudge();
    expect(await service.dataSource.getRepository(Note).count()).toBe(30);
    await eventually(async () => expect(await runSql(direct, 'SELECT 1 FROM auth.outbox')).toEqual([]));
  });

  it('ends a statement that takes too long, for its transaction alone', async () => {
    const sleep = () => withinTime(service.dataSource, 50, (manager) => manager.query('SELECT pg_sleep(10)'));
    expect(await Promise.all([sleep(), sleep(), sleep()])).toEqual([undefined, undefined, undefined]);
    const [limits] =
      await service.dataSource.query<{ statement_timeout: string }[]>('SHOW statement_timeout');
    expect(limits).toEqual({ statement_timeout: '10s' });
  });

  it('is not where migrations are run', async () => {
    await expect(migrate(pooled, database)).rejects.toThrow(/Postgres itself/);
  });

  it('refuses a role that was not given its schema, before anything is looked for in another', async () => {
    await expect(runService(nats.url, other, database)).rejects.toThrow(/DATABASE_URL_AUTH/);
  });
});
