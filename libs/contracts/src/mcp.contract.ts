import { z } from 'zod';
import { defineSignal } from './define.js';

/**
 * Messages of one MCP client may reach different replicas of the gateway: a signal to all of them finds the one that
 * runs the call.
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

/** A client ended its MCP session (`DELETE`): its id is no longer valid. */
export const mcpClientLeft = defineSignal('signals.gateway.client.leave', z.object({ client: z.string() }));

/** A client's answer to an elicitation that a call waits for. */
export const mcpElicitationAnswered = defineSignal(
  'signals.gateway.question.answer',
  z.object({
    sessionId: z.string(),
    questionId: z.string(),
    result: z.record(z.string(), z.unknown()).nullable(),
  }),
);
