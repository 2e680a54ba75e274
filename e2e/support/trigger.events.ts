import { newId, TRIGGER_MESSAGE } from '@patchbay/contracts';
import { runSql } from '@patchbay/testing';
import { environment } from './environment.js';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** An event of a project, as if a trigger of the user's had seen it; nothing delivers it by itself. @returns its id */
export async function storeEvent(
  projectId: string,
  data: Record<string, unknown> = {},
  userId = 'ann',
): Promise<string> {
  const id = newId('log');
  const values = [
    id,
    projectId,
    TRIGGER_MESSAGE,
    'ti_1',
    id,
    'ti_1',
    'GITHUB_COMMIT_EVENT',
    'github',
    'ca_1',
  ];
  const more = ['ac_1', userId, new Date().toISOString(), '{}', JSON.stringify(data)];
  await runSql(
    environment.databaseUrl,
    `INSERT INTO triggers.events (id, project_id, type, source, source_key, instance_id, trigger_slug, toolkit,
       connection_id, auth_config_id, user_id, at, metadata, data)
     VALUES (${[...values, ...more].map(quoted).join(', ')})`,
  );
  return id;
}
