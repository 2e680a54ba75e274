import type { JSONRPCResponse } from '@modelcontextprotocol/client';
import { markNumbers } from '@patchbay/contracts';
import { isAnswer, readEnvelope } from './envelope.js';

/** How long a server may take to end a stream after the answer in it, in milliseconds. */
const LINGER_MS = 10;

/** Events end with an empty line; lines end with LF, CR or both (HTML, section 9.2.5). */
const ENDS = ['\n\n', '\n\r\n', '\r\r'];
const LONGEST_END = 3;
/** An event whose data is one line, as nearly every server writes it, and nothing else. */
const ONE_EVENT =
  /^(?:(?:event: ?message|id:[^\r\n]*)\r?\n)*data: ?(\{[^\r\n]*\})\r?\n(?:id:[^\r\n]*\r?\n)?\r?\n$/;

/**
 * Looks, while a stream of server-sent events comes, whether it is one event with an answer. Nearly every one is, and
 * needs no parser; any other goes on as the stream that it is.
 */
export class FirstEvent {
  private looked = 0;
  private found: JSONRPCResponse | undefined;

  /** Undefined where the stream is not an answer alone. */
  get answer(): JSONRPCResponse | undefined {
    return this.found;
  }

  /** As the HTTP client asks it: the end of the first event is waited for, and after an answer a little for the stream's. */
  patienceMs(soFar: Buffer): number | undefined {
    const from = Math.max(this.looked - LONGEST_END + 1, 0);
    this.looked = soFar.length;
    if (!ENDS.some((end) => soFar.includes(end, from))) return undefined;
    this.found = this.found === undefined ? answerIn(soFar.toString()) : undefined;
    return this.found === undefined ? 0 : LINGER_MS;
  }
}

function answerIn(event: string): JSONRPCResponse | undefined {
  const data = ONE_EVENT.exec(event)?.[1];
  if (data === undefined) return undefined;
  try {
    const message = readEnvelope(JSON.parse(markNumbers(data)));
    return isAnswer(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
