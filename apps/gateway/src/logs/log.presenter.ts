import type { CallRecord } from '@patchbay/contracts';
import type { z } from 'zod';
import type { LogAnswer, LogDetailAnswer } from './log.answer.js';

/** A call as docs/api/logs.md#a-call has it. */
export function presentLog(call: CallRecord): z.output<typeof LogAnswer> {
  return {
    id: call.logId,
    timestamp: call.startedAt,
    type: 'tool_execution',
    status: call.status === 'interrupted' ? 'failed' : call.status,
    level: call.status === 'success' || call.status === 'running' ? 'info' : 'error',
    ...messageOf(call),
    metadata: {
      user_id: call.userId,
      ...(call.sessionId && { session_id: call.sessionId }),
      request_id: call.requestId,
      toolkit_slug: call.toolkit,
      tool_slug: call.toolSlug,
      ...(call.connectionId && { connected_account_id: call.connectionId }),
      ...(call.authConfigId && { auth_config_id: call.authConfigId }),
      ...(call.sandboxId && { sandbox_id: call.sandboxId }),
    },
    metrics: {
      start_time: Date.parse(call.startedAt),
      ...(call.finishedAt && { end_time: Date.parse(call.finishedAt) }),
      ...(call.durationMs !== null && { duration_ms: call.durationMs }),
    },
    parent: call.parent && { log_id: call.parent.logId, tool_slug: call.parent.toolSlug },
  };
}

export function presentLogDetail(call: CallRecord): z.output<typeof LogDetailAnswer> {
  return {
    ...presentLog(call),
    ...(call.finishedAt && {
      timings: { start_time: Date.parse(call.startedAt), end_time: Date.parse(call.finishedAt) },
    }),
    context: {
      ...(call.sessionId && { session_id: call.sessionId }),
      ...(call.traceId && { trace_id: call.traceId }),
      request_id: call.requestId,
    },
    source: {},
    data: { request: call.arguments, response: call.data },
  };
}

function messageOf({ status, error }: CallRecord) {
  if (status === 'interrupted') return { message: 'The call was interrupted: its end is not known.' };
  return error ? { message: error } : {};
}
