import { Readable } from 'node:stream';
import { OutboundError, toResponse, type OutboundClient, type OutboundResponse } from '@patchbay/service';
import { boundedEvents, type EventBounds } from './event-limits.js';
import { markedNumbers } from './exact-answers.js';
import { readEnvelopes } from './reading/envelope.js';
import { FirstEvent } from './reading/first-event.js';
import { ReadAnswer, readAnswer } from './reading/read-answer.js';

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

  private exchange(url: URL, request: McpRequest): Promise<Response> {
    const isLasting = request.method === 'GET' || request.headers['mcp-method'] === 'subscriptions/listen';
    return isLasting ? this.lasting(url, request) : this.answered(url, request);
  }

  /** What is one answer is read whole and once; a stream of more than that goes on as one. */
  private async answered(url: URL, request: McpRequest): Promise<Response> {
    const { method, headers, body, signal } = request;
    const first = new FirstEvent();
    const answer = await this.http.send({
      purpose: { for: 'toolkit', toolkit: this.toolkit },
      method,
      url,
      headers,
      ...(body !== undefined && { body }),
      signal,
      timeoutMs: method === 'DELETE' ? GOODBYE_LIMIT_MS : ANSWER_LIMIT_MS,
      maxBytes: MAX_ANSWER_BYTES,
      patienceMs: (head, soFar) => (isEvents(head) ? first.patienceMs(soFar) : undefined),
    });
    if (!isEvents(answer)) {
      this.count(answer.body.length, url.host);
      return readAnswer(answer);
    }
    if (answer.rest || first.answer === undefined || answer.status !== 200) return this.streamed(answer);
    this.count(answer.body.length, url.host);
    return new ReadAnswer(first.answer, answer.status, answer.headers);
  }

  private streamed({ body, rest, url, ...head }: OutboundResponse): Response {
    const stream = rest ?? new Readable({ read: () => undefined });
    if (!rest) stream.push(null);
    stream.unshift(body);
    return toResponse(head, url.host, this.events(Readable.toWeb(stream), url.host, ANSWER_EVENTS));
  }

  private async lasting(url: URL, request: McpRequest): Promise<Response> {
    const response = await this.http.stream({
      ...request,
      purpose: { for: 'toolkit', toolkit: this.toolkit },
      url,
      headersTimeoutMs: OPEN_STREAM_LIMIT_MS,
      maxBytes: Infinity,
    });
    const { body, status, headers } = response;
    if (!body) return response;
    const type = headers.get('content-type') ?? '';
    if (type.includes('event-stream')) {
      return new Response(this.events(body, url.host, LASTING_EVENTS), { status, headers });
    }
    const counted = body.pipeThrough(this.counting(url.host));
    const marked = type.includes('json') ? counted.pipeThrough(markedNumbers(false)) : counted;
    return new Response(marked, { status, headers });
  }

  private events(body: ReadableStream, host: string, bounds: EventBounds): ReadableStream {
    return body
      .pipeThrough(this.counting(host))
      .pipeThrough(boundedEvents(host, bounds))
      .pipeThrough(markedNumbers(true))
      .pipeThrough(readEnvelopes());
  }

  private counting(host: string): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.count(chunk.byteLength, host);
        controller.enqueue(chunk);
      },
    });
  }

  /** @throws OutboundError `too_large` */
  private count(bytes: number, host: string): void {
    const { sessionBytes = Infinity } = this.limits;
    this.bytes += bytes;
    if (this.bytes <= sessionBytes) return;
    throw new OutboundError('too_large', `${host} sent more than ${sessionBytes} bytes in all.`);
  }
}

function isEvents({ headers }: { headers: Record<string, string> }): boolean {
  return headers['content-type']?.includes('event-stream') ?? false;
}

/** What answers a request of the server's own. */
function isReply({ method, body }: McpRequest): boolean {
  if (method !== 'POST' || body === undefined || body.length > MAX_REPLY_CHARACTERS) return false;
  const message = JSON.parse(body) as object;
  return !Array.isArray(message) && !('method' in message);
}
