import { AppError } from '@patchbay/contracts';
import type { z } from 'zod';
import type { Sandbox } from '../sandbox/sandbox.js';
import { BrokenProtocol, readFrames, type Frame } from './frames.js';

/** Helper calls of one sandbox at once; what comes above it is refused, not queued. */
const MAX_HELPER_CALLS = 64;

export interface HelperAnswer {
  result: unknown;
  /** Empty when it went well. */
  error: string;
}
export type OnHelper = (name: string, given: Record<string, unknown>) => Promise<HelperAnswer>;

interface Waiting {
  schema: z.ZodType;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * The workbench's end of the line into a sandbox. Nothing that comes out of it is believed: frames have a size and a
 * form, requests a time limit, and whoever breaks either loses the sandbox.
 */
export class AgentClient {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private helperCalls = 0;
  private reason: string | undefined;
  private ready!: () => void;
  /** What helper functions in the sandbox reach; nobody before it belongs to a session. */
  onHelper: OnHelper | undefined;
  /** Settles when the sandbox is gone, with the reason. */
  readonly gone: Promise<string>;
  /** Settles when the agent takes requests. */
  readonly started: Promise<void>;

  constructor(
    readonly sandbox: Sandbox,
    firstLine: string,
  ) {
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

  /** @throws AppError `unavailable` when the sandbox is lost before it answers, or takes longer than the limit */
  async request<S extends z.ZodType>(
    work: string,
    given: Record<string, unknown>,
    schema: S,
    limitMs: number,
  ): Promise<z.output<S>> {
    if (this.reason !== undefined) throw lost(this.reason);
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.breakOff('it did not answer in time'), limitMs);
      this.waiting.set(id, { schema, resolve, reject, timer });
    });
    this.send({ id, do: work, ...given });
    return (await answered) as z.output<S>;
  }

  private send(frame: object): void {
    this.sandbox.input.write(`${JSON.stringify(frame)}\n`);
  }

  private async listen(): Promise<void> {
    try {
      for await (const frame of readFrames(this.sandbox.output)) this.take(frame);
    } catch (error) {
      this.breakOff(error instanceof BrokenProtocol ? error.message : 'its output could not be read');
    }
  }

  private take(frame: Frame): void {
    if ('ready' in frame) return this.ready();
    if ('helper' in frame) return void this.help(frame.helper, frame.name, frame.arguments);
    if (!('id' in frame)) return;
    const waiting = this.waiting.get(frame.id);
    if (!waiting) throw new BrokenProtocol('it answered what nobody asked');
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

  private async help(helper: number, name: string, given: Record<string, unknown>): Promise<void> {
    const refused =
      this.helperCalls >= MAX_HELPER_CALLS &&
      `More than ${MAX_HELPER_CALLS} helper calls run at once: wait for some of them.`;
    if (refused || !this.onHelper) {
      this.send({ helper, result: null, error: refused || 'The sandbox belongs to no session yet.' });
      return;
    }
    this.helperCalls += 1;
    try {
      this.send({ helper, ...(await this.onHelper(name, given)) });
    } finally {
      this.helperCalls -= 1;
    }
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

function lost(reason: string): AppError {
  return new AppError('sandbox_lost', `The sandbox was lost: ${reason}.`, {
    suggestion:
      'The next call starts a new one. Files under /mnt/files are kept; variables are not. Use less memory, fewer processes or smaller steps.',
  });
}
