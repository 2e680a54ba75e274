import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from './database.js';

/** A service's schema, which has the service's name, and the address by which the service logs in. */
export interface OwnedSchema {
  service: string;
  url: string;
}

/**
 * Whether the schemas are as the migrations job that is built here leaves them. Loading the migrations, and with them
 * every entity, takes most of a second start; so the job's code and the number of its migrations are noted on each
 * schema's own table of migrations. The note is read as the schema's role: what was dropped, restored, reverted or given to
 * another role has no note that holds.
 * @param root the repository, built
 */
export async function areMigrated(root: string, schemas: OwnedSchema[]): Promise<boolean> {
  const answers = await Promise.all(schemas.map((schema) => isMigrated(root, schema)));
  return answers.every(Boolean);
}

/** Notes that the job has just brought the schemas up to date. Where that is not allowed, it runs again at the next start. */
export async function noteMigrated(root: string, schemas: OwnedSchema[]): Promise<void> {
  await Promise.all(schemas.map((schema) => note(root, schema).catch(() => undefined)));
}

async function isMigrated(root: string, { service, url }: OwnedSchema): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const table = `${client.escapeIdentifier(service)}.migrations`;
      const { rows } = await client.query(
        `select obj_description($1::regclass, 'pg_class') as noted, (select count(*) from ${table}) as count`,
        [table],
      );
      return rows[0]?.['noted'] === noteOf(root, service, Number(rows[0]?.['count']));
    });
  } catch {
    // No such table, no such role, another password: the job makes all of them, or says what is wrong.
    return false;
  }
}

function note(root: string, { service, url }: OwnedSchema): Promise<void> {
  return withClient(url, async (client) => {
    const table = `${client.escapeIdentifier(service)}.migrations`;
    const { rows } = await client.query(`select count(*) as count from ${table}`);
    const text = noteOf(root, service, Number(rows[0]?.['count']));
    // A comment takes no parameter; the text is made of nothing but letters, digits and spaces.
    await client.query(`comment on table ${table} is '${text}'`);
  });
}

function noteOf(root: string, service: string, count: number): string {
  const code = ['libs/database/dist/**/*.js', `apps/${service}/dist/{database,migrations/*}.js`];
  const hash = createHash('sha256');
  for (const file of globSync(code, { cwd: root }).toSorted()) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return `${count} migrations by ${hash.digest('hex')}`;
}
