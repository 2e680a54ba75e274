import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@patchbay/contracts';
import { dataSourceOptions, migrate } from '@patchbay/database';
import { openStorage, type FileStorage } from '@patchbay/files';
import type { Bus } from '@patchbay/service';
import { createDatabase } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { toolsConfig } from '../config.js';
import { database } from '../database.js';
import { CallFile } from './call-file.entity.js';
import { FileQuota } from './file.quota.js';
import { FilesService } from './files.service.js';

const LARGEST = 100;
const LINK_SECONDS = 3_600;
const ABOUT = {
  toolkit: 'keyed',
  toolSlug: 'KEYED_ECHO',
  filename: 'a.txt',
  mimetype: 'text/plain',
  md5: 'x',
};

let folder: string;
let sql: DataSource;
let storage: FileStorage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-quota-test-'));
  const url = await createDatabase();
  await migrate(url, database);
  sql = await new DataSource(dataSourceOptions(url, database)).initialize();
  storage = await openStorage(configOf(0, 0));
});
afterAll(async () => {
  await sql?.destroy();
  await rm(folder, { recursive: true, force: true });
});

function configOf(bytes: number, count: number) {
  return toolsConfig.parse({
    NATS_URL: 'nats://127.0.0.1:1',
    DATABASE_URL: 'postgres://127.0.0.1/none',
    PUBLIC_URL: 'https://tools.example',
    PATCHBAY_FILES_DIR: folder,
    PATCHBAY_FILES_SECRET: 'a-secret-of-this-test',
    PATCHBAY_FILES_MAX_BYTES: LARGEST,
    PATCHBAY_FILES_PROJECT_BYTES: bytes,
    PATCHBAY_FILES_PROJECT_COUNT: count,
  });
}

/** Two of them on one database are two replicas. */
function replica(bytes: number, count = 1_000) {
  const bus = { request: async () => ({ project: { settings: { fileUrlSeconds: LINK_SECONDS } } }) };
  const quota = new FileQuota(sql, storage, configOf(bytes, count));
  return new FilesService(sql.getRepository(CallFile), storage, bus as unknown as Bus, quota);
}

const usage = async (projectId: string) => {
  const [row] = await sql.query<{ files: number; bytes: string }[]>(
    'SELECT files, bytes FROM file_usage WHERE project_id = $1',
    [projectId],
  );
  return row && { files: row.files, bytes: Number(row.bytes) };
};
const refused = { code: 'rate_limited', retryAfter: expect.any(Number) as unknown };
const byTime = async (column: 'created_at' | 'upload_until', projectId: string) =>
  sql.query(`UPDATE call_files SET ${column} = now() - interval '25 hours' WHERE project_id = $1`, [
    projectId,
  ]);

describe('the files of a project', () => {
  it('are so many, at all replicas together and however they race, and others have their own', async () => {
    const [loud, quiet] = [newId('project'), newId('project')];
    const replicas = [replica(0, 10), replica(0, 10)];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => replicas[index % 2]!.stage({ ...ABOUT, projectId: loud })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await sql.getRepository(CallFile).countBy({ projectId: loud })).toBe(10);
    await expect(replicas[0]!.stage({ ...ABOUT, projectId: loud })).rejects.toMatchObject(refused);
    await replicas[0]!.stage({ ...ABOUT, projectId: quiet });
    expect(await usage(quiet)).toEqual({ files: 1, bytes: LARGEST });
  });

  it('count as large as they may be until they have come, so that an upload is refused before it begins', async () => {
    const projectId = newId('project');
    const files = replica(3 * LARGEST);
    const staged = [];
    for (let index = 0; index < 3; index += 1) staged.push(await files.stage({ ...ABOUT, projectId }));
    await expect(files.stage({ ...ABOUT, projectId })).rejects.toMatchObject(refused);
    await storage.put(staged[0]!.key, Buffer.alloc(30));
    await storage.put(staged[1]!.key, Buffer.alloc(40));
    // Two are known to be small now.
    await files.stage({ ...ABOUT, projectId });
    expect(await usage(projectId)).toEqual({ files: 4, bytes: 30 + 40 + 2 * LARGEST });
    await expect(files.stage({ ...ABOUT, projectId })).rejects.toMatchObject(refused);
  });

  it('are forgotten when they were staged and never sent, and counted as they are when they were', async () => {
    const projectId = newId('project');
    const files = replica(2 * LARGEST);
    const [sent] = [await files.stage({ ...ABOUT, projectId }), await files.stage({ ...ABOUT, projectId })];
    await storage.put(sent.key, Buffer.alloc(7));
    await byTime('upload_until', projectId);
    await Promise.all([files.deleteOld(), replica(2 * LARGEST).deleteOld()]);
    expect(await usage(projectId)).toEqual({ files: 1, bytes: 7 });
    expect(await sql.getRepository(CallFile).findBy({ projectId })).toMatchObject([
      { key: sent.key, size: 7, uploadUntil: null },
    ]);
  });

  it('make room when they have expired', async () => {
    const projectId = newId('project');
    const files = replica(0, 2);
    await files.keep({ ...ABOUT, projectId }, Buffer.alloc(50));
    await files.keep({ ...ABOUT, projectId }, Buffer.alloc(50));
    await byTime('created_at', projectId);
    await Promise.all([files.deleteOld(), replica(0, 2).deleteOld()]);
    expect(await usage(projectId)).toEqual({ files: 0, bytes: 0 });
    await files.stage({ ...ABOUT, projectId });
  });

  it('that a call brought are refused as no reason to make the call again', async () => {
    const projectId = newId('project');
    const files = replica(120);
    await files.keep({ ...ABOUT, projectId }, Buffer.alloc(80));
    await expect(files.keep({ ...ABOUT, projectId }, Buffer.alloc(80))).rejects.toMatchObject({
      code: 'file_too_large',
      retryable: false,
    });
    expect(await usage(projectId)).toEqual({ files: 1, bytes: 80 });
  });

  it('are no longer counted when the project is gone', async () => {
    const projectId = newId('project');
    const files = replica(0);
    await files.stage({ ...ABOUT, projectId });
    await files.deleteAllOf(projectId);
    expect(await usage(projectId)).toBeUndefined();
  });
});
