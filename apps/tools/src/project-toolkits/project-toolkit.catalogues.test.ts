import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '@patchbay/contracts';
import { dataSourceOptions, migrate } from '@patchbay/database';
import { createLogger, NatsClient } from '@patchbay/service';
import { createDatabase, startNats } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { database } from '../database.js';
import type { ToolkitDefinition } from '../imports/toolkit-definition.js';
import { ProjectToolkitCatalogues } from './project-toolkit.catalogues.js';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkit.entity.js';

const TOOLKITS = 20;

let natsServer: Awaited<ReturnType<typeof startNats>>;
let nats: NatsClient;
let sql: DataSource;

beforeAll(async () => {
  natsServer = await startNats();
  const url = await createDatabase();
  await migrate(url, database);
  sql = await new DataSource(dataSourceOptions(url, database)).initialize();
  nats = await NatsClient.connect('tools', { NATS_URL: natsServer.url }, createLogger('tools', 'silent'));
});
afterAll(async () => {
  await nats?.close();
  await sql?.destroy();
  await natsServer?.stop();
});

const definition = (name: string): ToolkitDefinition => ({
  name,
  description: name,
  logo: '',
  baseUrl: 'https://api.example',
  auth: [],
  tools: [],
});

it('reads each version once for a hundred calls at once, and only what changed after that', async () => {
  const [toolkits, versions] = [sql.getRepository(ProjectToolkit), sql.getRepository(ProjectToolkitVersion)];
  const projectId = newId('project');
  for (let number = 0; number < TOOLKITS; number += 1) {
    const slug = `own${number}`;
    const latest = definition(slug);
    const now = new Date();
    const source = { type: 'mcp' as const, url: null };
    const dates = { readAt: now, createdAt: now, updatedAt: now };
    await toolkits.save({ projectId, slug, name: null, source, latest, problem: null, ...dates });
    const version = '20260101_00';
    await versions.save({ projectId, slug, version, definition: latest, approvedAt: now });
  }
  const read = vi.spyOn(versions, 'findOneByOrFail');
  const catalogues = new ProjectToolkitCatalogues(toolkits, versions, nats, []);
  const many = await Promise.all(Array.from({ length: 100 }, () => catalogues.of(projectId, {})));
  expect(new Set(many).size).toBe(1);
  expect(many[0]?.toolkits).toHaveLength(TOOLKITS);
  expect(read).toHaveBeenCalledTimes(TOOLKITS);

  await toolkits.update({ projectId, slug: 'own7' }, { updatedAt: new Date(Date.now() + 60_000) });
  catalogues.drop(projectId);
  expect((await catalogues.of(projectId, {}))?.toolkits).toHaveLength(TOOLKITS);
  expect(read).toHaveBeenCalledTimes(TOOLKITS + 1);
});
