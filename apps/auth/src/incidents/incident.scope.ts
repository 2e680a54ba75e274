import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Connection } from '../accounts/index.js';
import type { IncidentRow } from './incident.entity.js';

/** The accounts of an incident that are not ended yet. What was connected, or connected again, after its beginning is not of it. */
export function inScope(
  query: SelectQueryBuilder<Connection>,
  {
    projectId,
    userId,
    toolkit,
    createdAt,
  }: Pick<IncidentRow, 'projectId' | 'userId' | 'toolkit' | 'createdAt'>,
): SelectQueryBuilder<Connection> {
  query.where(
    `connection.status <> 'REVOKED' AND coalesce(connection.connected_at, connection.created_at) <= :createdAt
      AND (connection.sealed_credential IS NOT NULL OR connection.status IN ('INITIALIZING', 'INITIATED'))`,
    { createdAt },
  );
  const filters = { project_id: projectId, user_id: userId, toolkit };
  for (const [column, value] of Object.entries(filters)) {
    if (value !== null) query.andWhere(`connection.${column} = :${column}`, { [column]: value });
  }
  return query;
}

export async function accountsLeft(manager: EntityManager, incident: IncidentRow): Promise<number> {
  if (!incident.acts.includes('accounts')) return 0;
  return inScope(manager.createQueryBuilder(Connection, 'connection'), incident).getCount();
}
