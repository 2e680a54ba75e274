import type { ElicitRequestFormParams, InputRequiredResult } from '@modelcontextprotocol/server';

/** The outcome of an elicitation; an `InputRequiredResult` is sent to the client, which calls again with the answer. */
export type ElicitationReply = 'accepted' | 'declined' | 'unanswered' | InputRequiredResult;

/** A question to the user, and what exactly is allowed by accepting it. */
export interface PermissionRequest {
  params: ElicitRequestFormParams;
  /** Permission keys. */
  keys: string[];
  /** Called when the user is really asked. */
  onAsked: () => void;
}

/** Asks the user of an MCP client, where the client supports elicitation. */
export interface Elicitor {
  elicit(request: PermissionRequest): Promise<ElicitationReply>;
}
