import type { JSONRPCMessage, RequestId, Transport } from '@modelcontextprotocol/client';
import {
  AppError,
  closeStdio,
  exchangeStdio,
  markNumbers,
  MAX_STDIO_MESSAGE_BYTES,
  unmarkedText,
  type CallOf,
  type OutputOf,
  type StdioLine,
} from '@patchbay/contracts';
import { inBackground, OutboundError, type Bus } from '@patchbay/service';
import type { McpLimits } from './mcp.exchange.js';
import { AnswerReader } from './reading/answer.reader.js';
import { readEnvelope } from './reading/envelope.js';

type Exchange = Omit<CallOf<typeof exchangeStdio>, 'line'>;
type Exchanged = OutputOf<typeof exchangeStdio>;

/** How long one exchange waits for an answer before it is asked for again. */
const WAIT_MS = 15_000;
/** Of what is no request: it waits for nothing, and outlives the call that it belongs to. */
const NOTICE_LIMIT_MS = 5_000;
/** Until one answer: progress and log messages beside the answer itself. */
const MAX_MESSAGES = 5_000;
/** Answers of ours to a server's own requests, such as pings, that are on their way at once. */
const MAX_REPLIES = 8;

/** The third way to an MCP server: its standard input and output, in a sandbox of the workbench. */
export class StdioTransport implements Transport {
  readonly answers = new AnswerReader();
  onclose?: () => void;
  onerror?: (error: Error) => void;
  // The client that connects reads messages after this, in the same objects.
  onmessage: Transport['onmessage'] = this.answers.read;
  /** Requests whose answers somebody waits for. */
  private readonly waiting = new Set<RequestId>();
  private replies = 0;
  private characters = 0;

  /** @param name the server's, for messages */
  constructor(
    private readonly bus: Bus,
    private readonly line: StdioLine,
    private readonly name: string,
    private readonly limits: McpLimits,
  ) {}

  async start(): Promise<void> {}

  /**
   * @throws AppError that is `retryable`, or `sandbox_lost`, when the message did not get there; OutboundError when it
   *   may have
   */
  async send(message: JSONRPCMessage): Promise<void> {
    this.answers.sent(message);
    const text = unmarkedText(JSON.stringify(message));
    if (Buffer.byteLength(text) > MAX_STDIO_MESSAGE_BYTES) {
      throw new AppError(
        'invalid_request',
        `What is sent to ${this.name} is larger than ${MAX_STDIO_MESSAGE_BYTES} bytes.`,
      );
    }
    if (!('method' in message)) return this.reply(text);
    if ('id' in message) return this.ask(text, message.id);
    if (message.method === 'notifications/cancelled') this.waiting.delete(cancelledBy(message));
    return this.tell(text);
  }

  /** The process goes with it, unless somebody else has it too. */
  async close(): Promise<void> {
    this.waiting.clear();
    const { line } = this;
    await inBackground(NOTICE_LIMIT_MS, () => this.bus.request(closeStdio, { line })).catch(() => undefined);
    this.onclose?.();
  }

  private async ask(text: string, id: RequestId): Promise<void> {
    this.waiting.add(id);
    try {
      let { isAnswered, count } = await this.take({ send: text, awaits: id, waitMs: WAIT_MS });
      while (!isAnswered && this.waiting.has(id)) {
        const more = await this.take({ send: null, awaits: id, waitMs: WAIT_MS });
        isAnswered = more.isAnswered;
        count += more.count;
        if (count > MAX_MESSAGES) {
          throw new OutboundError(
            'too_large',
            `${this.name} sent more than ${MAX_MESSAGES} messages in one answer.`,
          );
        }
      }
    } finally {
      this.waiting.delete(id);
    }
  }

  private async reply(text: string): Promise<void> {
    if (this.replies >= MAX_REPLIES) {
      throw new OutboundError('cancelled', `${this.name} asks more than it is answered.`);
    }
    this.replies += 1;
    try {
      await this.tell(text);
    } finally {
      this.replies -= 1;
    }
  }

  /** A call that ran out of time still says so. */
  private async tell(text: string): Promise<void> {
    await inBackground(NOTICE_LIMIT_MS, () => this.take({ send: text, awaits: null, waitMs: 0 }));
  }

  private async take(exchange: Exchange): Promise<{ isAnswered: boolean; count: number }> {
    const { received, isAnswered } = await this.exchange(exchange);
    for (const text of received) {
      this.count(text);
      this.onmessage?.(readEnvelope(JSON.parse(markNumbers(text))) as JSONRPCMessage);
    }
    return { isAnswered, count: received.length };
  }

  /** What was not sent may be sent again; of everything else nobody knows what became of it. */
  private async exchange(exchange: Exchange): Promise<Exchanged> {
    try {
      return await this.bus.request(exchangeStdio, { line: this.line, ...exchange });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'invalid_request') throw error;
      if (exchange.send !== null && error.retryable) throw error;
      throw new OutboundError('lost', error.message, error);
    }
  }

  /** @throws OutboundError `too_large` */
  private count(text: string): void {
    const { sessionBytes = Infinity } = this.limits;
    this.characters += text.length;
    if (this.characters <= sessionBytes) return;
    throw new OutboundError('too_large', `${this.name} sent more than ${sessionBytes} bytes in all.`);
  }
}

function cancelledBy({ params }: { params?: Record<string, unknown> | undefined }): RequestId {
  return params?.['requestId'] as RequestId;
}
