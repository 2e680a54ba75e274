import type { ElicitRequestFormParams, InputRequiredResult } from '@modelcontextprotocol/server';

/** What came of a question: an answer, nobody there to give one, or what the client has to be sent to get one. */
export type Reply = 'accepted' | 'declined' | 'unanswered' | InputRequiredResult;

/** A question, and what exactly is allowed by accepting it. */
export interface Question {
  params: ElicitRequestFormParams;
  /** Permission keys. */
  keys: string[];
}

/** Whoever sits before an MCP client, where the client can ask. */
export interface Person {
  ask(question: Question): Promise<Reply>;
}
