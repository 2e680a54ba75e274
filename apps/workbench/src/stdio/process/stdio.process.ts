import { randomUUID } from 'node:crypto';
import {
  AppError,
  type exchangeStdio,
  type InputOf,
  type OutputOf,
  type StdioOwner,
} from '@patchbay/contracts';
import { Conversation } from './conversation.js';
import type { Line } from './line.js';
import type { Ending, StdioAgent } from './stdio.agent.js';

/** An MCP server that runs as a program, for one owner. */
export class StdioProcess {
  readonly id = randomUUID();
  readonly conversation: Conversation;
  agent!: StdioAgent;
  lastUsed = Date.now();
  /** Set once it is being ended by us, with the reason in words. */
  suspending: Promise<void> | undefined;
  ending: Ending | undefined;

  /**
   * @param key of its owner; null for one that nobody joins
   * @param fingerprint of what runs in it, credential included
   */
  constructor(
    readonly key: string | null,
    readonly owner: StdioOwner,
    readonly fingerprint: string,
  ) {
    this.conversation = new Conversation((text) => this.agent.give(text));
  }

  /** As slots know it. */
  get session(): { projectId: string } {
    return { projectId: this.owner.projectId };
  }

  get isIdle(): boolean {
    return !this.conversation.isBusy;
  }

  get isGone(): boolean {
    return this.suspending !== undefined || this.agent.isGone;
  }

  /**
   * @param isStopping whether nothing is to be waited for any more but answers that are on their way
   * @throws AppError as `exchangeStdio` says
   */
  async exchange(
    line: Line,
    { send, awaits, waitMs }: Omit<InputOf<typeof exchangeStdio>, 'line'>,
    isStopping: () => boolean,
  ): Promise<OutputOf<typeof exchangeStdio>> {
    const until = Date.now() + waitMs;
    if (send !== null) this.conversation.send(line, send);
    for (;;) {
      if (send !== null || awaits !== null) this.lastUsed = Date.now();
      const taken = line.take(awaits, send !== null);
      if (taken) return taken;
      if (this.isGone || line.isEnded) {
        await (this.suspending ?? (this.agent.isGone && this.agent.gone));
        throw lostProcess(this.ending, false);
      }
      const left = until - Date.now();
      if (left <= 0 || (isStopping() && awaits === null)) return line.takeNow(awaits);
      await line.wait(left, awaits !== null);
    }
  }
}

/**
 * @param isUnsent whether what was to be sent has certainly not reached it
 */
export function lostProcess(ending: Ending | undefined, isUnsent: boolean): AppError {
  const { reason = 'it runs no more', words = '' } = ending ?? {};
  const said = words && ` It said last: ${words}`;
  return new AppError('sandbox_lost', `The program of the server is gone: ${reason}.${said}`, {
    suggestion: isUnsent
      ? 'It is started again by the next call.'
      : 'The next call starts it again. What it was doing may have been done.',
    retryable: isUnsent,
  });
}
