import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId, projectDeleted } from '@patchbay/contracts';
import { migrate } from '@patchbay/database';
import { bootService, Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createDatabase, eventually, startNats } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { toolsConfig } from './config.js';
import { database } from './database.js';

const TABLES = ['call_files', 'project_toolkits', 'project_toolkit_versions'];
const logger = createLogger('tools', 'silent');

let natsServer: Awaited<ReturnType<typeof startNats>>;
let caller: NatsClient;
let folder: string;
let sql: DataSource;
let boot: () => ReturnType<typeof bootService>;

beforeAll(async () => {
  natsServer = await startNats();
  folder = await mkdtemp(join(tmpdir(), 'patchbay-tools-test-'));
  const url = await createDatabase();
  await migrate(url, database);
  sql = await new DataSource({ type: 'postgres', url }).initialize();
  caller = await NatsClient.connect('auth', { NATS_URL: natsServer.url }, logger);
  await ensureEventStream(caller);
  const config = toolsConfig.parse({
    NATS_URL: natsServer.url,
    DATABASE_URL: url,
    PUBLIC_URL: 'https://tools.example',
    PATCHBAY_FILES_DIR: folder,
    PATCHBAY_FILES_SECRET: 'a-secret-of-this-test',
    PATCHBAY_SEARCH_MODEL: 'none',
  });
  boot = async () => bootService({ name: 'tools', config, module: await AppModule.forRoot(config), logger });
});
afterAll(async () => {
  await caller?.close();
  await sql?.destroy();
  await Promise.all([natsServer?.stop(), rm(folder, { recursive: true, force: true })]);
});

async function fill(projectId: string): Promise<void> {
  await sql.query(
    `INSERT INTO tools.call_files (id, project_id, toolkit, tool_slug, key, filename, mimetype, md5)
     VALUES ($1, $2, 'github', 'X', 'k', 'f', 'text/plain', '')`,
    [newId('file'), projectId],
  );
  await sql.query(
    `INSERT INTO tools.project_toolkits (project_id, slug, source, latest) VALUES ($1, 'own', '{"type":"openapi"}', '{}')`,
    [projectId],
  );
  await sql.query(
    `INSERT INTO tools.project_toolkit_versions (project_id, slug, version, definition) VALUES ($1, 'own', '1', '{}')`,
    [projectId],
  );
}
const counts = () =>
  Promise.all(
    TABLES.map(async (table) =>
      Number((await sql.query<{ count: string }[]>(`SELECT count(*) FROM tools.${table}`))[0]?.count),
    ),
  );

it('removes the toolkits and files of a project that was deleted while no replica was here', async () => {
  const [gone, stays] = [newId('project'), newId('project')];
  await fill(gone);
  await fill(stays);
  const bus = new Bus(caller, logger);
  await bus.publish(projectDeleted, bus.envelop(gone, { projectId: gone }));
  expect(await counts()).toEqual([2, 2, 2]);
  const app = await boot();
  try {
    await eventually(async () => expect(await counts()).toEqual([1, 1, 1]), { timeout: 10_000 });
  } finally {
    await app.close();
  }
});
