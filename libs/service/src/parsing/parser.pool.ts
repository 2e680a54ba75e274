import { availableParallelism } from 'node:os';
import { AppError } from '@patchbay/contracts';
import Tinypool from 'tinypool';
import { z } from 'zod';
import { beforeScrape, counter, gauge, histogram } from '../telemetry/metrics.js';
import { FairQueue } from './fair.queue.js';

/** Settings of a service that parses text from outside. */
export const parserSettings = {
  /** Parser processes at once, started when there is work and ended when there is none; a project has half of them. */
  PATCHBAY_PARSER_PROCESSES: z.coerce
    .number()
    .int()
    .min(2)
    .max(64)
    .default(Math.min(Math.max(availableParallelism(), 2), 4)),
  /** Heap of one of them; what wants more is refused. */
  PATCHBAY_PARSER_MEMORY_MB: z.coerce.number().int().min(64).max(4_096).default(512),
  /** How long one text may be parsed, however much of the machine that is. An API document has twice that. */
  PATCHBAY_PARSER_SECONDS: z.coerce.number().min(0.1).max(60).default(10),
};
export type ParserSettings = z.output<z.ZodObject<typeof parserSettings>>;

/**
 * One text to be parsed. A parser that will not have it throws an error whose `refusal` goes on from its name:
 * "is nested too deeply".
 */
export interface ParserTask {
  /** The parser: a function that the file of the pool exports. It is given the input and how many milliseconds it may take. */
  parser: string;
  input: unknown;
  /** What the text is to its user, with an article: "the page". */
  what: string;
  /** Size of the input, or an estimate of it. */
  bytes: number;
  maxBytes: number;
  /** Of the pool's time limit. Default: 1. */
  patience?: number;
  /** Whose share it takes: the project. */
  owner: string;
  /** Gives it up, also when it is under way. */
  signal?: AbortSignal | undefined;
}

/** A process with nothing to do ends after this time. */
const IDLE_MS = 20_000;
/** The parser's own limit is a little before the one that kills its process: that costs no new process. */
const GRACE_MS = 1_000;
/** For starting a process on a busy machine, which is none of the text's fault. */
const START_MS = 10_000;
const WAITING_PER_OWNER = 200;
const BYTES_PER_OWNER = 64 * 1024 * 1024;
const BYTES = 4 * BYTES_PER_OWNER;

const durations = histogram({
  name: 'patchbay_parser_duration_seconds',
  help: 'Parsing of texts from outside, from their turn to their end.',
  labelNames: ['parser', 'outcome'],
});
const refusals = counter({
  name: 'patchbay_parser_refusals_total',
  help: 'Texts from outside that were not parsed to their end, by reason.',
  labelNames: ['parser', 'reason'],
});
const waiting = gauge({
  name: 'patchbay_parser_waiting',
  help: 'Texts from outside that wait for a parser process.',
});

/**
 * Where text from outside is parsed: in processes of their own, with limits of size, time and memory, and a fair
 * share for each project. Not in threads: V8 ends the whole process when a thread's single allocation does not
 * fit, whatever the thread's own limits are. A process inherits no environment, so there is nothing in it to steal.
 */
export class ParserPool {
  private readonly pool: Tinypool;
  private readonly queue: FairQueue;
  private readonly limitMs: number;
  private readonly probe: { forget(): void };
  private readonly closing = new AbortController();

  /** @param file an ES module that exports the parsers */
  constructor(file: URL, { PATCHBAY_PARSER_PROCESSES: processes, ...settings }: ParserSettings) {
    this.limitMs = settings.PATCHBAY_PARSER_SECONDS * 1_000;
    this.pool = new Tinypool({
      filename: file.href,
      runtime: 'child_process',
      minThreads: 0,
      maxThreads: processes,
      idleTimeout: IDLE_MS,
      serialization: 'advanced',
      env: {},
      execArgv: [`--max-old-space-size=${settings.PATCHBAY_PARSER_MEMORY_MB}`],
    });
    // A process that ends with nothing to do is replaced when there is something.
    this.pool.on('error', () => undefined);
    this.queue = new FairQueue({
      places: processes,
      placesPerOwner: Math.ceil(processes / 2),
      waitingPerOwner: WAITING_PER_OWNER,
      bytesPerOwner: BYTES_PER_OWNER,
      bytes: BYTES,
    });
    this.probe = beforeScrape(() => waiting.set(this.queue.waiting));
  }

  /**
   * @returns what the parser makes of it
   * @throws AppError `invalid_request` when it is too large or takes too much time or memory; `rate_limited` or
   * `unavailable` when too many wait; the signal's reason when it is given up
   */
  async run(task: ParserTask): Promise<unknown> {
    const { parser, owner, bytes, maxBytes } = task;
    const signal = AbortSignal.any([this.closing.signal, ...(task.signal ? [task.signal] : [])]);
    if (bytes > maxBytes) {
      throw refused(task, 'size', `has ${bytes} bytes, and only up to ${maxBytes} are read`);
    }
    return this.queue.run(
      owner,
      bytes,
      async () => {
        const stopTimer = durations.startTimer({ parser });
        try {
          const result = await this.parse(task, signal);
          stopTimer({ outcome: 'ok' });
          return result;
        } catch (error) {
          stopTimer({ outcome: 'error' });
          throw error;
        }
      },
      signal,
    );
  }

  /** What waits or is under way is given up. */
  async close(): Promise<void> {
    this.probe.forget();
    this.closing.abort(new AppError('unavailable', 'The service is shutting down.'));
    await this.pool.destroy();
  }

  private async parse(task: ParserTask, signal: AbortSignal): Promise<unknown> {
    const { parser, input, patience = 1 } = task;
    const limitMs = Math.round(this.limitMs * patience);
    const kill = AbortSignal.timeout(limitMs + GRACE_MS + START_MS);
    try {
      const job = { input, limitMs };
      return await this.pool.run(job, {
        name: parser,
        signal: AbortSignal.any([kill, signal]),
      });
    } catch (error) {
      signal.throwIfAborted();
      const { code, message, refusal } = error as Record<string, unknown>;
      if (typeof refusal === 'string') throw refused(task, 'parser', refusal, error);
      if (kill.aborted || code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        throw refused(task, 'time', `takes more than ${limitMs / 1_000} seconds to read`, error);
      }
      if (message === 'Worker exited unexpectedly') {
        throw refused(task, 'memory', 'takes more memory to read than it may', error);
      }
      throw refused(task, 'parser', 'cannot be read', error);
    }
  }
}

function refused({ parser, what }: ParserTask, reason: string, words: string, cause?: unknown): AppError {
  refusals.inc({ parser, reason });
  const name = what.charAt(0).toUpperCase() + what.slice(1);
  return new AppError('invalid_request', `${name} ${words}.`, { cause });
}
