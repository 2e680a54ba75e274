import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSession, newId, projectDeleted } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { runSessions } from '../../test/running-sessions.js';

let on: Awaited<ReturnType<typeof runSessions>>;
beforeAll(async () => {
  on = await runSessions();
});
afterAll(() => on?.stop());

const TABLES = [
  'sessions',
  'session_versions',
  'session_memories',
  'allowed_calls',
  'mcp_servers',
  'mcp_instances',
  'saved_configs',
];

/** A session with everything that is kept for it, and an MCP server with it as its user's. */
async function fill(projectId: string): Promise<void> {
  const { id } = await on.bus.request(createSession, { projectId, userId: 'ann', config: {} });
  const server = randomUUID();
  await on.sql(`INSERT INTO sessions.session_versions (session_id, version, config) VALUES ($1, 1, '{}')`, [
    id,
  ]);
  await on.sql(
    `INSERT INTO sessions.session_memories (session_id, toolkit, facts) VALUES ($1, 'github', '{a}')`,
    [id],
  );
  await on.sql(`INSERT INTO sessions.allowed_calls (session_id, key) VALUES ($1, 'key')`, [id]);
  await on.sql(
    `INSERT INTO sessions.mcp_servers (id, project_id, name, toolkits, allowed_tools, auth_config_ids, manages_connections)
     VALUES ($1, $2, 'server', '{}', '{}', '{}', false)`,
    [server, projectId],
  );
  await on.sql(
    `INSERT INTO sessions.saved_configs (id, project_id, name, scope) VALUES ($1, $2, 'saved', '{}')`,
    [newId('savedConfig'), projectId],
  );
  await on.sql(
    `INSERT INTO sessions.mcp_instances (id, server_id, holder, session_id) VALUES ($1, $2, 'ann', $3)`,
    [randomUUID(), server, id],
  );
}
const counts = () =>
  Promise.all(
    TABLES.map(async (table) =>
      Number((await on.sql(`SELECT count(*) FROM sessions.${table}`))[0]?.['count']),
    ),
  );
const tellDeleted = (projectId: string) =>
  on.bus.publish(projectDeleted, on.bus.envelop(projectId, { projectId }));

it('removes all of a project that was deleted while no replica was here, and nothing of another', async () => {
  const [gone, stays] = [newId('project'), newId('project')];
  await fill(gone);
  await fill(stays);
  expect(await counts()).toEqual(TABLES.map(() => 2));
  await on.away(() => tellDeleted(gone));
  await eventually(async () => expect(await counts()).toEqual(TABLES.map(() => 1)));
  expect(await on.sql('SELECT project_id FROM sessions.mcp_servers')).toEqual([{ project_id: stays }]);
  await tellDeleted(stays);
  await eventually(async () => expect(await counts()).toEqual(TABLES.map(() => 0)));
});
