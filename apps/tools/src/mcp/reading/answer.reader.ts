import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { LRUCache } from 'lru-cache';
import { readHandshake } from './handshake.js';
import { LIST_INDEX, readListedTools, type ListedTool, type SkippedTool } from './listed-tools.js';
import { readToolAnswer } from './tool-answer.js';
import { isRecord } from './values.js';

/** Requests under way whose answers are known by their ids; those of the oldest go on as they are. */
const REQUESTS_KNOWN = 1_000;
type Readers = Record<string, (result: Record<string, unknown>) => object>;

/**
 * The client library holds a server to its protocol as a whole: one tool or one block that is not as it should be
 * would lose the list or the answer that it stands in. So what servers answer is read here before, however it came,
 * and what goes on from here is always as the library has it.
 */
export class AnswerReader {
  /** Of the pages of tools that were read last: from the first one on. */
  readonly skipped: SkippedTool[] = [];
  readonly listed: ListedTool[] = [];
  private readonly asked = new LRUCache<string, string>({ max: REQUESTS_KNOWN });
  private readonly readers: Readers = {
    initialize: readHandshake,
    'tools/list': (result) => this.readPage(result),
    'tools/call': readToolAnswer,
  };

  /** What is sent, so that its answer is known. */
  sent(message: JSONRPCMessage): void {
    if (!('method' in message && 'id' in message)) return;
    this.asked.set(String(message.id), message.method);
    if (message.method === 'tools/list' && !message.params?.['cursor']) this.forgetPages();
  }

  /** Changes a message that came, in its place. */
  readonly read = (message: JSONRPCMessage): void => {
    if (!('result' in message)) return;
    const id = String(message.id);
    const reader = this.readers[this.asked.get(id) ?? ''];
    this.asked.delete(id);
    const { result } = message;
    // What asks for more input is no answer yet.
    if (!reader || result['resultType'] === 'input_required') return;
    message.result = withEnvelope(reader(result)) as typeof result;
  };

  private readPage(result: Record<string, unknown>): object {
    const { tools: list, nextCursor, ...rest } = result;
    if (!Array.isArray(list) && !isRecord(list)) return result;
    const { tools, skipped } = readListedTools(list, this.listed.length + this.skipped.length);
    this.listed.push(...tools);
    this.skipped.push(...skipped);
    return {
      ...rest,
      // The client library looks at the headers that a call sends; all else is ours to read.
      tools: tools.map(({ index, name, inputSchema }) => ({
        name,
        inputSchema,
        _meta: { [LIST_INDEX]: index },
      })),
      ...(isCursor(nextCursor) && { nextCursor: String(nextCursor) }),
    };
  }

  private forgetPages(): void {
    this.skipped.length = 0;
    this.listed.length = 0;
  }
}

function isCursor(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** What a server of 2026-07-28 says of each answer, where it forgot to: older eras take it away again. */
function withEnvelope(result: object): object {
  const { resultType, ttlMs, cacheScope } = result as Record<string, unknown>;
  return {
    ...result,
    resultType: typeof resultType === 'string' ? resultType : 'complete',
    ttlMs: typeof ttlMs === 'number' && ttlMs >= 0 ? Math.trunc(ttlMs) : 0,
    cacheScope: cacheScope === 'public' ? 'public' : 'private',
  };
}
