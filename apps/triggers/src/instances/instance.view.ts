import type { TriggerInstance as InstanceView } from '@patchbay/contracts';
import type { TriggerInstance } from '../registrations/index.js';

export function toInstance(row: TriggerInstance): InstanceView {
  const { id, triggerSlug, toolkit, version, userId, connectionId, authConfigId } = row;
  const { config, mechanism, data, disabledReason, lastError } = row;
  return {
    id,
    triggerSlug,
    toolkit,
    version,
    userId,
    connectionId,
    authConfigId,
    config,
    mechanism,
    data,
    disabledAt: iso(row.disabledAt),
    disabledReason,
    lastPolledAt: iso(row.lastPolledAt),
    lastEventAt: iso(row.lastEventAt),
    lastError,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

export function ofInstance({ id, projectId, userId }: Pick<TriggerInstance, 'id' | 'projectId' | 'userId'>) {
  return { projectId, target: { type: 'trigger', id, userId } } as const;
}
