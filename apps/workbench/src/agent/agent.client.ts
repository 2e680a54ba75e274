import { AppError } from '@patchbay/contracts';
import type { z } from 'zod';
import type { Sandbox } from '../sandbox/sandbox.js';
import { BrokenProtocol, readFrames, type Frame, type Line } from './frames.js';
import { HelperLine, type OnHelper } from './helper-line.js';
import { Pace } from './pace.js';

const MEGABYTE = 1024 * 1024;
/** What is read from a sandbox at most in a second, over what it may send at once. */
const READ = { perSecond: 64 * MEGABYTE, reserve: 64 * MEGABYTE };
/** The longest answers, above what the agent is asked to keep to. A piece is a megabyte in base64. */
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
 * The workbench's end of the line into a sandbox. Nothing that comes out of it is believed: frames have a size, a form
 * and a pace, requests a time limit, and whoever breaks one of these loses the sandbox.
 */
export class AgentClient {
  private readonly waiting = new Map<number, Waiting>();
  private readonly helpers: HelperLine;
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
    this.helpers = new HelperLine(sandbox, helperCallsPerSecond, (reason) => this.breakOff(reason));
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

  /** What helper functions in the sandbox reach; nobody before it belongs to a session. */
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
      const timer = setTimeout(() => this.breakOff('it did not answer in time'), limitMs);
      this.waiting.set(id, { schema, maxBytes, resolve, reject, timer });
    });
    this.sandbox.input.write(`${JSON.stringify({ id, do: work, ...given })}\n`);
    return (await answered) as z.output<S>;
  }

  private async listen(): Promise<void> {
    try {
      const pace = new Pace(READ.perSecond, READ.reserve);
      for await (const line of readFrames(this.sandbox.output, pace)) {
        // What is still in the pipe of one that broke off is no work for us.
        if (this.isGone) return;
        await this.take(line);
      }
    } catch (error) {
      this.breakOff(error instanceof BrokenProtocol ? error.message : 'its output could not be read');
    }
  }

  private take({ frame, size }: Line): void | Promise<void> {
    if ('helper' in frame) return this.helpers.take(frame, size);
    if ('id' in frame) return this.takeAnswer(frame, size);
    // A word to begin with, and one that it is ready: neither comes again.
    const isReady = 'ready' in frame;
    this.greetings += 1;
    if (this.isReady || this.greetings > 2) throw new BrokenProtocol('it sent what is not in the protocol');
    this.isReady = isReady;
    if (isReady) this.ready();
  }

  private takeAnswer(frame: Extract<Frame, { id: number }>, size: number): void {
    const waiting = this.waiting.get(frame.id);
    if (!waiting) throw new BrokenProtocol('it answered what nobody asked');
    if (size > waiting.maxBytes) throw new BrokenProtocol('it sent an answer that is too large');
    clearTimeout(waiting.timer);
    this.waiting.delete(frame.id);
    if ('fail' in frame) {
      waiting.reject(new AppError('invalid_request', frame.fail.slice(0, 500)));
      return;
    }
    const parsed = waiting.schema.safeParse(frame.ok);
    if (parsed.success) return waiting.resolve(parsed.data);
    waiting.reject(lost('it sent what is not in the protocol'));
    throw new BrokenProtocol('it sent what is not in the protocol');
  }

  private breakOff(reason: string): void {
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

/** It was ended for what came out of it, and not for what it used. */
const SAID_WRONG = /^it (sent|answered|does not read)/;

function lost(reason: string): AppError {
  const better = SAID_WRONG.test(reason)
    ? 'Hand smaller and flatter values to the helpers, and leave the streams of the workbench alone.'
    : 'Use less memory, fewer processes or smaller steps.';
  return new AppError('sandbox_lost', `The sandbox was lost: ${reason}.`, {
    suggestion: `The next call starts a new one. Files under /mnt/files are kept; variables are not. ${better}`,
  });
}
