import { writeJson } from '@patchbay/contracts';
import type { Sandbox } from '../sandbox/sandbox.js';
import { BrokenProtocol } from './frames.js';
import { Pace } from './pace.js';

const MEGABYTE = 1024 * 1024;
/** Helper calls of one sandbox at once. Its agent lets no more through: one that sends more is not the one we started. */
const MAX_CALLS = 64;
/** What helpers are asked and answer in a second, over what may come at once. */
const BYTES = { perSecond: 8 * MEGABYTE, reserve: 32 * MEGABYTE };
/** Answers that lie in front of a sandbox which does not read them. Beyond it others are refused, and then it is ended. */
const MAX_UNREAD_BYTES = 32 * MEGABYTE;
/** So many seconds' calls may come at once. */
const RESERVE_SECONDS = 2;

export interface HelperAnswer {
  result: unknown;
  /** Empty when it went well. */
  error: string;
}
export type OnHelper = (name: string, given: Record<string, unknown>) => Promise<HelperAnswer>;

/** What code in a sandbox asks of the workbench, in the agent's frames: bounded in number, in size and in time. */
export class HelperLine {
  private running = 0;
  private readonly calls: Pace;
  private readonly bytes = new Pace(BYTES.perSecond, BYTES.reserve);
  onCall: OnHelper | undefined;

  constructor(
    private readonly sandbox: Sandbox,
    callsPerSecond: number,
    private readonly breakOff: (reason: string) => void,
  ) {
    this.calls = new Pace(callsPerSecond, callsPerSecond * RESERVE_SECONDS);
  }

  /** @returns when the next frame may be read */
  take(frame: { helper: number; name: string; arguments: Record<string, unknown> }, size: number) {
    if (this.running >= MAX_CALLS) {
      throw new BrokenProtocol(`it sent more than ${MAX_CALLS} helper calls at once`);
    }
    this.running += 1;
    void this.answer(frame.helper, frame.name, frame.arguments).finally(() => {
      this.running -= 1;
    });
    return this.bytes.spend(size);
  }

  private async answer(helper: number, name: string, given: Record<string, unknown>): Promise<void> {
    await this.calls.spend(1);
    const { result, error } = (await this.onCall?.(name, given)) ?? {
      result: null,
      error: 'The sandbox belongs to no session yet.',
    };
    const line = writeJson({ helper, result, error });
    await this.bytes.spend(line.length);
    const unread = this.sandbox.unread();
    if (unread > 2 * MAX_UNREAD_BYTES) return this.breakOff('it does not read what it is sent');
    if (unread + line.length <= MAX_UNREAD_BYTES) return this.send(line);
    const refusal = `The answers that were not read yet have more than ${MAX_UNREAD_BYTES / MEGABYTE} MB: ask for less at once.`;
    this.send(writeJson({ helper, result: null, error: refusal }));
  }

  private send(line: string): void {
    this.sandbox.input.write(`${line}\n`);
  }
}
