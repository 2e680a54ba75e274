import type { JSONRPCResponse } from '@modelcontextprotocol/client';
import { markNumbers } from '@patchbay/contracts';
import { toResponse, type OutboundResponse } from '@patchbay/service';
import { isAnswer, readEnvelope } from './envelope.js';

const SESSION_ID = 'mcp-session-id';
/** What an id of a session is made of: visible ASCII. */
const VISIBLE = /^[\x21-\x7e]+$/;
const utf8 = new TextDecoder();

/**
 * An answer that is read already, as the client library takes one from `fetch`: without a stream of bytes, written and
 * parsed once more.
 */
export class ReadAnswer extends Response {
  /** @param headers of the answer as it came */
  constructor(
    private readonly value: unknown,
    status: number,
    headers: Record<string, string>,
  ) {
    const session = headers[SESSION_ID] ?? '';
    super(null, {
      status,
      headers: {
        'content-type': 'application/json',
        ...(VISIBLE.test(session) && { [SESSION_ID]: session }),
      },
    });
  }

  /** Undefined where it is no answer to one request. */
  get message(): JSONRPCResponse | undefined {
    return isAnswer(this.value) ? this.value : undefined;
  }

  override readonly json = async (): Promise<unknown> => this.value;
}

/** A whole answer, whatever type its server gives it: what can be read as JSON is. */
export function readAnswer({ status, headers, body, url }: OutboundResponse): Response {
  const text = utf8.decode(body);
  const isJson = headers['content-type']?.includes('json') ?? false;
  try {
    const message = readEnvelope(JSON.parse(isJson ? markNumbers(text) : text));
    if (status < 300) return new ReadAnswer(message, status, headers);
    const json = { ...headers, 'content-type': 'application/json' };
    return toResponse({ status, headers: json }, url.host, Buffer.from(JSON.stringify(message)));
  } catch {
    return toResponse({ status, headers }, url.host, Buffer.from(text));
  }
}
