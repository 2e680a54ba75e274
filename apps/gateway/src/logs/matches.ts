import type { CallFilter, CallRecord } from '@patchbay/contracts';

const VALUES: Record<CallFilter['field'], (call: CallRecord) => string | null> = {
  toolSlug: (call) => call.toolSlug,
  toolkit: (call) => call.toolkit,
  connectionId: (call) => call.connectionId,
  authConfigId: (call) => call.authConfigId,
  status: (call) => call.status,
  userId: (call) => call.userId,
  sessionId: (call) => call.sessionId,
  sandboxId: (call) => call.sandboxId,
  requestId: (call) => call.requestId,
  logId: (call) => call.logId,
  text: ({ arguments: given, data, error }) =>
    `${JSON.stringify(given)} ${JSON.stringify(data)} ${error ?? ''}`,
};

/** Whether a call passes all filters: what `logs` says in SQL, for calls as they happen. */
export function matches(call: CallRecord, filters: readonly CallFilter[]): boolean {
  return filters.every(({ field, operator, value }) => {
    const actual = VALUES[field](call) ?? '';
    switch (operator) {
      case 'equals':
        return actual === value;
      case 'notEquals':
        return actual !== value;
      case 'contains':
        return actual.includes(value);
      case 'notContains':
        return !actual.includes(value);
    }
  });
}
