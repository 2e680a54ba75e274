import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { serviceLimits } from './connection.options.js';

/**
 * Gives a schema to a role of its own, by which its service logs in: nothing of the other schemas is its to read.
 * The role is made when it is missing, its password becomes the one of the URL, and what stood in the schema before is
 * its own from now on. Harmless a second time, and at once.
 *
 * @param adminUrl of a role that may make roles, and owns the database or what is in it: the migrations job's
 * @param roleUrl the service's own; the user in it names the role
 */
export async function grantSchema(adminUrl: string, roleUrl: string, schema: string): Promise<void> {
  const url = new URL(roleUrl);
  const [role, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const admin = await new DataSource({
    type: 'postgres',
    // Bundled, TypeORM cannot find one by itself.
    driver: pg,
    url: adminUrl,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
  }).initialize();
  try {
    await admin.transaction(async (manager) => {
      // Two who migrate at once would both find it missing.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('patchbay roles'))`);
      const [found] = (await manager.query(
        'SELECT current_user = $1 AS same, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS known',
        [role],
      )) as { same: boolean; known: boolean }[];
      // One role for everything, as it was before schemas had roles: there is nothing to part.
      if (found?.same) return;
      if (!found?.known) await run(manager, 'CREATE ROLE %I', role);
      await run(manager, 'ALTER ROLE %I LOGIN PASSWORD %L', role, password);
      // Without superuser rights, ownership can only be given to roles that one is a member of.
      await run(manager, 'GRANT %I TO CURRENT_USER', role);
      await run(manager, 'CREATE SCHEMA IF NOT EXISTS %I', schema);
      await run(manager, 'ALTER SCHEMA %I OWNER TO %I', schema, role);
      await run(manager, 'REVOKE ALL ON SCHEMA %I FROM PUBLIC', schema);
      await setDefaults(manager, role, schema);
      for (const statement of await foreignObjects(manager, schema, role)) await manager.query(statement);
    });
  } finally {
    await admin.destroy();
  }
}

/** What a connection asks for when it begins, which a pooler in transaction mode does not pass on. */
async function setDefaults(manager: EntityManager, role: string, schema: string): Promise<void> {
  const [{ name }] = (await manager.query('SELECT current_database() AS name')) as [{ name: string }];
  await run(manager, 'ALTER ROLE %I IN DATABASE %I SET search_path = %I', role, name, schema);
  const limit = `${serviceLimits.queryMs}ms`;
  await run(manager, 'ALTER ROLE %I IN DATABASE %I SET statement_timeout = %L', role, name, limit);
}

/** A statement that takes no parameters, with its names (%I) and texts (%L) quoted by Postgres itself. */
async function run(manager: EntityManager, template: string, ...values: string[]): Promise<void> {
  const [built] = (await manager.query('SELECT format($1, VARIADIC $2::text[]) AS statement', [
    template,
    values,
  ])) as { statement: string }[];
  if (built) await manager.query(built.statement);
}

/** What makes the role own the tables (with their indexes and own sequences), views and functions that another role owns. */
async function foreignObjects(manager: EntityManager, schema: string, role: string): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT format('ALTER %s %I.%I OWNER TO %I',
       CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
       nspname, relname, $2::text) AS statement
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(relowner) <> $2
       -- A sequence that belongs to a column follows its table.
       AND NOT (relkind = 'S' AND EXISTS (
         SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('a', 'i') AND refobjsubid > 0))
     UNION ALL
     SELECT format('ALTER ROUTINE %s OWNER TO %I', pg_proc.oid::regprocedure, $2::text)
     FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
     WHERE nspname = $1 AND pg_get_userbyid(proowner) <> $2`,
    [schema, role],
  )) as { statement: string }[];
  return rows.map(({ statement }) => statement);
}
