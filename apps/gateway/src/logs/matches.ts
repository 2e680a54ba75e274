import { formsInJson, writeJson, type CallFilter, type CallRecord } from '@patchbay/contracts';

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
  text: textOf,
};

/** Whether a call passes all filters: as `logs` does in SQL, for calls as they happen. */
export function matches(call: CallRecord, filters: readonly CallFilter[]): boolean {
  return filters.every(({ field, operator, value }) => {
    const actual = VALUES[field](call) ?? '';
    const isIn = () => (field === 'text' ? isInText(call, value) : actual.includes(value));
    switch (operator) {
      case 'equals':
        return actual === value;
      case 'notEquals':
        return actual !== value;
      case 'contains':
        return isIn();
      case 'notContains':
        return !isIn();
    }
  });
}

function textOf({ arguments: given, data, error }: CallRecord): string {
  return `${writeJson(given)} ${writeJson(data)} ${error ?? ''}`;
}

function isInText(call: CallRecord, words: string): boolean {
  const text = textOf({ ...call, error: null });
  return call.error?.includes(words) || formsInJson(words).some((form) => text.includes(form));
}
