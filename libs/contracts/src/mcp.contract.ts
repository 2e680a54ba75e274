import { z } from 'zod';
import { defineSignal } from './define.js';

/**
 * Messages of one MCP client may reach different replicas of the gateway. What has to find the one at work on a
 * call is said to all of them.
 */
export const mcpCallCancelled = defineSignal(
  'signals.gateway.call.cancel',
  z.object({
    sessionId: z.string(),
    /** Whose calls: ids of calls are unique within it only. */
    client: z.string(),
    callId: z.union([z.string(), z.number()]),
  }),
);

/** A client ended its connection (`DELETE`): the id that it was given is not to be taken any more. */
export const mcpClientLeft = defineSignal('signals.gateway.client.leave', z.object({ client: z.string() }));

/** What a client answered to a question that a call waits for. */
export const mcpQuestionAnswered = defineSignal(
  'signals.gateway.question.answer',
  z.object({
    sessionId: z.string(),
    questionId: z.string(),
    result: z.record(z.string(), z.unknown()).nullable(),
  }),
);
