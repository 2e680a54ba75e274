import { AppError } from '@patchbay/contracts';
import { TokenBucket } from '@patchbay/service';
import type { z } from 'zod';
import type { Sandbox } from '../sandbox/index.js';
import { Frame, ProtocolError, readFrames, type Line } from './frames.js';
import { HelperChannel, type OnHelper } from './helper-channel.js';

const MEGABYTE = 1024 * 1024;
/** How fast a sandbox is read. */
const READ = { perSecond: 64 * MEGABYTE, burst: 64 * MEGABYTE };
/** The largest answers, somewhat above the agent's own limits. A piece is a megabyte in base64. */
const ANSWER_BYTES: Record<string, number> = {
  cell: 3 * MEGABYTE,
  bash: 3 * MEGABYTE,
  list: 5 * MEGABYTE,
  read: 1.5 * MEGABYTE,
  packPiece: 1.5 * MEGABYTE,
};
const OTHER_ANSWER_BYTES = MEGABYTE / 4;

interface Waiting {
  schema: z.ZodType;
  maxBytes: number;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * The workbench's end of the connection to a sandbox. What comes out of it is not trusted: frames are limited in size,
 * form and rate, requests in time, and a sandbox that breaks one of these limits is ended.
 */
export class AgentClient {
  private readonly waiting = new Map<number, Waiting>();
  private readonly helpers: HelperChannel;
  private lastId = 0;
  private greetings = 0;
  private isReady = false;
  private reason: string | undefined;
  private ready!: () => void;
  /** Settles when the sandbox is gone, with the reason. */
  readonly gone: Promise<string>;
  /** Settles when the agent takes requests. */
  readonly started: Promise<void>;

  constructor(
    readonly sandbox: Sandbox,
    firstLine: string,
    helperCallsPerSecond: number,
  ) {
    this.helpers = new HelperChannel(sandbox, helperCallsPerSecond, (reason) => this.disconnect(reason));
    this.started = new Promise((resolve) => {
      this.ready = resolve;
    });
    this.gone = sandbox.ended.then((reason) => this.end(reason));
    sandbox.input.on('error', () => undefined);
    sandbox.input.write(firstLine);
    void this.listen();
  }

  get isGone(): boolean {
    return this.reason !== undefined;
  }

  /** Answers the helper calls; without it, before the sandbox belongs to a session, they are refused. */
  set onHelper(call: OnHelper) {
    this.helpers.onCall = call;
  }

  /** @throws AppError `sandbox_lost` when the sandbox is lost before it answers, or takes longer than the limit */
  async request<S extends z.ZodType>(
    work: string,
    given: Record<string, unknown>,
    schema: S,
    limitMs: number,
  ): Promise<z.output<S>> {
    if (this.reason !== undefined) throw lost(this.reason);
    this.lastId += 1;
    const id = this.lastId;
    const maxBytes = ANSWER_BYTES[work] ?? OTHER_ANSWER_BYTES;
    const answered = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.disconnect('it did not answer in time'), limitMs);
      this.waiting.set(id, { schema, maxBytes, resolve, reject, timer });
    });
    this.sandbox.input.write(`${JSON.stringify({ id, do: work, ...given })}\n`);
    return (await answered) as z.output<S>;
  }

  private async listen(): Promise<void> {
    try {
      const rate = new TokenBucket(READ.perSecond, READ.burst);
      for await (const line of readFrames(this.sandbox.output, rate, Frame)) {
        // What is still in the pipe after a disconnect is dropped.
        if (this.isGone) return;
        await this.take(line);
      }
    } catch (error) {
      this.disconnect(error instanceof ProtocolError ? error.message : 'its output could not be read');
    }
  }

  private take({ frame, size }: Line): void | Promise<void> {
    if ('helper' in frame) return this.helpers.take(frame, size);
    if ('id' in frame) return this.takeAnswer(frame, size);
    // A greeting and a `ready`, each once.
    const isReady = 'ready' in frame;
    this.greetings += 1;
    if (this.isReady || this.greetings > 2) throw new ProtocolError('it sent what is not in the protocol');
    this.isReady = isReady;
    if (isReady) this.ready();
  }

  private takeAnswer(frame: Extract<Frame, { id: number }>, size: number): void {
    const waiting = this.waiting.get(frame.id);
    if (!waiting) throw new ProtocolError('it answered a request that was never made');
    if (size > waiting.maxBytes) throw new ProtocolError('it sent an answer that is too large');
    clearTimeout(waiting.timer);
    this.waiting.delete(frame.id);
    if ('fail' in frame) {
      waiting.reject(new AppError('invalid_request', frame.fail.slice(0, 500)));
      return;
    }
    const parsed = waiting.schema.safeParse(frame.ok);
    if (parsed.success) return waiting.resolve(parsed.data);
    waiting.reject(lost('it sent what is not in the protocol'));
    throw new ProtocolError('it sent what is not in the protocol');
  }

  private disconnect(reason: string): void {
    this.end(reason);
    void this.sandbox.stop();
  }

  private end(reason: string): string {
    this.reason ??= reason;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(lost(this.reason));
    }
    this.waiting.clear();
    return this.reason;
  }
}

/** Reasons by which it was ended for what it sent, and not for what it used. */
const PROTOCOL_VIOLATION = /^it (sent|answered|does not read)/;

function lost(reason: string): AppError {
  const advice = PROTOCOL_VIOLATION.test(reason)
    ? 'Hand smaller and flatter values to the helpers, and leave the streams of the workbench alone.'
    : 'Use less memory, fewer processes or smaller steps.';
  return new AppError('sandbox_lost', `The sandbox was lost: ${reason}.`, {
    suggestion: `The next call starts a new one. Files under /mnt/files are kept; variables are not. ${advice}`,
  });
}
