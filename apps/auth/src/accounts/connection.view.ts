import { AppError, type Connection as ConnectionView } from '@patchbay/contracts';
import { statusNow } from './connection-status.js';
import type { Connection } from './connection.entity.js';

export function toConnection(row: Connection): ConnectionView {
  return {
    id: row.id,
    wordId: row.wordId,
    alias: row.alias,
    userId: row.userId,
    toolkit: row.toolkit,
    ...statusNow(row, new Date()),
    authConfig: {
      id: row.authConfigId,
      authScheme: row.authConfig.authScheme,
      isManaged: row.authConfig.isManaged,
      enabled: row.authConfig.enabled,
    },
    accountType: row.accountType,
    accessList: row.accessList,
    displayName: row.displayName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    connectedAt: row.connectedAt?.toISOString() ?? null,
  };
}

export function changeOf(row: Connection) {
  return { connectionId: row.id, userId: row.userId, toolkit: row.toolkit, status: row.status };
}

/** What an act on an account is about. */
export function ofAccount({ id, projectId, userId }: Pick<Connection, 'id' | 'projectId' | 'userId'>) {
  return { projectId, target: { type: 'connected_account', id, userId } } as const;
}

export function accessListNeedsShared(): AppError {
  return new AppError('access_list_needs_shared', 'acl_config_for_shared is only valid on SHARED accounts.');
}

export function aliasTaken(alias: string | undefined, cause: unknown): AppError {
  return new AppError(
    'invalid_request',
    `The user has another account of this toolkit with the alias ${alias}.`,
    {
      issues: ['alias: is taken by another account of this user and toolkit'],
      cause,
    },
  );
}
