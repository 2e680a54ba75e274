import type { ElicitRequestFormParams, InputRequiredResult } from '@modelcontextprotocol/server';

/** What came of a question: an answer, nobody there to give one, or what the client has to be sent to get one. */
export type Reply = 'accepted' | 'declined' | 'unanswered' | InputRequiredResult;

/** A question, and what exactly is allowed by accepting it. */
export interface Question {
  params: ElicitRequestFormParams;
  /** Permission keys. */
  keys: string[];
}

/** Who makes a call. */
export interface Caller {
  /** Aborted when nobody waits for the call any more. */
  signal: AbortSignal;
  /** Who can be asked in the middle of it. */
  person: Person | undefined;
  /** The client's name for the call, by which it may come again. */
  key: unknown;
}

/** Whoever sits before an MCP client, where the client can ask. */
export interface Person {
  ask(question: Question): Promise<Reply>;
}
