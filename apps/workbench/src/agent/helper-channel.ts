import { writeJson } from '@patchbay/contracts';
import { TokenBucket } from '@patchbay/service';
import type { Sandbox } from '../sandbox/index.js';
import { ProtocolError } from './frames.js';

const MEGABYTE = 1024 * 1024;
/** Helper calls of one sandbox at once. Its agent forwards no more: one that does has been tampered with. */
const MAX_CALLS = 64;
/** Of questions and answers together. */
const BYTES = { perSecond: 8 * MEGABYTE, burst: 32 * MEGABYTE };
/** Answers that the sandbox has not read. Above this further calls are refused; above twice as much it is ended. */
const MAX_UNREAD_BYTES = 32 * MEGABYTE;
/** The burst of calls: those of so many seconds. */
const BURST_SECONDS = 2;

export interface HelperAnswer {
  result: unknown;
  /** Empty on success. */
  error: string;
}
export type OnHelper = (name: string, given: Record<string, unknown>) => Promise<HelperAnswer>;

/** Helper calls of the code in a sandbox, which its agent forwards as frames: bounded in number, size and rate. */
export class HelperChannel {
  private running = 0;
  private readonly calls: TokenBucket;
  private readonly bytes = new TokenBucket(BYTES.perSecond, BYTES.burst);
  onCall: OnHelper | undefined;

  constructor(
    private readonly sandbox: Sandbox,
    callsPerSecond: number,
    private readonly disconnect: (reason: string) => void,
  ) {
    this.calls = new TokenBucket(callsPerSecond, callsPerSecond * BURST_SECONDS);
  }

  /** @returns when the next frame may be read */
  take(frame: { helper: number; name: string; arguments: Record<string, unknown> }, size: number) {
    if (this.running >= MAX_CALLS) {
      throw new ProtocolError(`it sent more than ${MAX_CALLS} helper calls at once`);
    }
    this.running += 1;
    void this.answer(frame.helper, frame.name, frame.arguments).finally(() => {
      this.running -= 1;
    });
    return this.bytes.take(size);
  }

  private async answer(helper: number, name: string, given: Record<string, unknown>): Promise<void> {
    await this.calls.take(1);
    const { result, error } = (await this.onCall?.(name, given)) ?? {
      result: null,
      error: 'The sandbox belongs to no session yet.',
    };
    const line = writeJson({ helper, result, error });
    await this.bytes.take(line.length);
    const unread = this.sandbox.unread();
    if (unread > 2 * MAX_UNREAD_BYTES) return this.disconnect('it does not read what it is sent');
    if (unread + line.length <= MAX_UNREAD_BYTES) return this.send(line);
    const refusal = `The answers that were not read yet have more than ${MAX_UNREAD_BYTES / MEGABYTE} MB: ask for less at once.`;
    this.send(writeJson({ helper, result: null, error: refusal }));
  }

  private send(line: string): void {
    this.sandbox.input.write(`${line}\n`);
  }
}
