import type { CallRecord, Toolkit } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ExecutionDetailAnswer, ExecutionsAnswer } from './log.answer.js';

const STATUS = { success: 'success', failed: 'error', interrupted: 'warning', running: 'info' } as const;

/** A call that has ended, in the form of the list of older clients. */
export function presentExecution(
  call: CallRecord,
  toolkit: Toolkit | undefined,
): z.output<typeof ExecutionsAnswer>['data'][number] {
  return {
    id: call.logId,
    actionKey: call.toolSlug,
    appKey: call.toolkit,
    app: { icon: toolkit?.logo ?? '', name: toolkit?.name ?? call.toolkit },
    connectedAccountId: call.connectionId ?? '',
    entityId: call.userId,
    status: call.status === 'success' ? 'success' : 'failed',
    executionTime: call.durationMs ?? 0,
    minimalResponse: call.error ?? '',
    createdAt: Date.parse(call.startedAt),
  };
}

/** One call, in the form of older clients. */
export function presentExecutionDetail(
  call: CallRecord,
  toolkit: Toolkit | undefined,
): z.output<typeof ExecutionDetailAnswer> {
  const startTime = Date.parse(call.startedAt);
  const endTime = call.finishedAt ? Date.parse(call.finishedAt) : startTime;
  return {
    actionId: call.toolSlug,
    actionLogId: call.logId,
    app: { icon: toolkit?.logo ?? '', name: toolkit?.name ?? call.toolkit, uniqueId: call.toolkit },
    connection: { id: call.connectionId ?? '', entity: call.userId },
    startTime,
    endTime,
    totalDuration: String(endTime - startTime),
    status: STATUS[call.status],
    error: call.error ? { message: call.error } : {},
    payloadReceived: call.arguments,
    response: call.data ?? {},
    session: call.sessionId ? { id: call.sessionId } : {},
    executionMetadata: {
      request_id: call.requestId,
      ...(call.traceId && { trace_id: call.traceId }),
      ...(call.parent && { parent_log_id: call.parent.logId }),
      ...(call.sandboxId && { sandbox_id: call.sandboxId }),
    },
    steps: [
      {
        type: 'tool_execution',
        status: call.status === 'success' ? 'success' : 'error',
        message: call.error ?? '',
        startTime,
        endTime,
        totalDuration: endTime - startTime,
      },
    ],
    version: toolkit?.version ?? '',
  };
}
