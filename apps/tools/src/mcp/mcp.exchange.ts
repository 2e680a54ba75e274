import { OutboundError, type OutboundClient } from '@patchbay/service';
import { boundedEvents } from './event-limits.js';
import { markedNumbers } from './exact-answers.js';
import { readEnvelopes, withReadEnvelope } from './reading/envelope.js';

/** What the MCP client library asks of a `fetch`. */
export interface McpRequest {
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal | undefined;
}

export interface McpLimits {
  /** Bytes of all answers of the session together, at most. */
  sessionBytes?: number | undefined;
}

/** Longer than any call may take. */
const ANSWER_LIMIT_MS = 65_000;
const OPEN_STREAM_LIMIT_MS = 15_000;
const GOODBYE_LIMIT_MS = 3_000;
/** Of one answer: as much as any provider may send. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
/** Of one answer: progress and log messages beside the answer itself. */
const ANSWER_EVENTS = { maxEventBytes: MAX_ANSWER_BYTES, maxEvents: 5_000 };
/** Of a stream that lasts as long as its session: it tells of changes, which is little. */
const LASTING_EVENTS = { maxEventBytes: 256 * 1024, bytesPerSecond: 16 * 1024 };
/** Answers of ours to a server's own requests, such as pings, that are on their way at once. */
const MAX_REPLIES = 8;
/** A reply of ours is an empty result or an error. */
const MAX_REPLY_CHARACTERS = 10_000;

/** HTTP under one session with an MCP server: every answer and stream is bounded, however the server goes on. */
export class McpExchange {
  private replies = 0;
  private bytes = 0;

  constructor(
    private readonly http: OutboundClient,
    /** The toolkit whose server it is. */
    private readonly toolkit: string,
    private readonly limits: McpLimits,
  ) {}

  /** @throws OutboundError; AppError `invalid_request` for an address that may not be called */
  async send(url: URL, request: McpRequest): Promise<Response> {
    if (!isReply(request)) return this.exchange(url, request);
    if (this.replies >= MAX_REPLIES) {
      throw new OutboundError('cancelled', `${url.host} asks more than it is answered.`);
    }
    this.replies += 1;
    try {
      return await this.exchange(url, request);
    } finally {
      this.replies -= 1;
    }
  }

  private async exchange(url: URL, request: McpRequest): Promise<Response> {
    const isLasting = request.method === 'GET' || request.headers['mcp-method'] === 'subscriptions/listen';
    const limitMs = request.method === 'DELETE' ? GOODBYE_LIMIT_MS : ANSWER_LIMIT_MS;
    const response = await this.http.stream({
      ...request,
      purpose: { for: 'toolkit', toolkit: this.toolkit },
      url,
      headersTimeoutMs: isLasting ? OPEN_STREAM_LIMIT_MS : limitMs,
      timeoutMs: isLasting ? undefined : limitMs,
      maxBytes: isLasting ? Infinity : MAX_ANSWER_BYTES,
    });
    const { body, status, headers } = response;
    if (!body) return response;
    const type = headers.get('content-type') ?? '';
    const isEvents = type.includes('event-stream');
    const counted = body.pipeThrough(this.counting(url.host));
    if (isEvents) {
      const bounded = counted.pipeThrough(
        boundedEvents(url.host, isLasting ? LASTING_EVENTS : ANSWER_EVENTS),
      );
      const marked = bounded.pipeThrough(markedNumbers(isEvents));
      return new Response(marked.pipeThrough(readEnvelopes()), { status, headers });
    }
    // What is no stream of events ends by itself when it is read whole.
    const marked = type.includes('json') ? counted.pipeThrough(markedNumbers(isEvents)) : counted;
    const whole = new Response(marked, { status, headers });
    return isLasting ? whole : withReadEnvelope(whole);
  }

  private counting(host: string): TransformStream<Uint8Array, Uint8Array> {
    const { sessionBytes = Infinity } = this.limits;
    return new TransformStream({
      transform: (chunk, controller) => {
        this.bytes += chunk.byteLength;
        if (this.bytes <= sessionBytes) return controller.enqueue(chunk);
        const message = `${host} sent more than ${sessionBytes} bytes in all.`;
        return controller.error(new OutboundError('too_large', message));
      },
    });
  }
}

/** What answers a request of the server's own. */
function isReply({ method, body }: McpRequest): boolean {
  if (method !== 'POST' || body === undefined || body.length > MAX_REPLY_CHARACTERS) return false;
  const message = JSON.parse(body) as object;
  return !Array.isArray(message) && !('method' in message);
}
