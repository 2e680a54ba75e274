import { MAX_STDIO_MESSAGE_BYTES } from '@patchbay/contracts';
import { ProtocolError } from '../../agent/index.js';

/** What nobody takes: above it, of what the server says by itself the oldest is dropped. */
const MAX_TOLD = 200;
const MAX_TOLD_BYTES = 1024 * 1024;
/** Answers that nobody takes: above it the process is ended. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

interface Told {
  text: string;
  isRequest: boolean;
}

/** What came for one client and was not taken yet. */
export class Line {
  private told: Told[] = [];
  private toldBytes = 0;
  private readonly answers = new Map<string, string>();
  private answerBytes = 0;
  private readonly wakers = new Set<() => void>();
  private awaiting = 0;
  lastSent = Date.now();
  isEnded = false;

  get isAwaited(): boolean {
    return this.awaiting > 0;
  }

  /** A notification. */
  tell(text: string): void {
    this.push({ text, isRequest: false });
  }

  /** A request of the server's own. */
  ask(text: string): void {
    this.push({ text, isRequest: true });
  }

  /** @throws ProtocolError */
  answer(id: string | number, text: string): void {
    this.answers.set(keyOf(id), text);
    this.answerBytes += text.length;
    if (this.answerBytes > MAX_ANSWER_BYTES) throw new ProtocolError('it sent more answers than are taken');
    this.wake();
  }

  /** Its client has left. */
  end(): void {
    this.isEnded = true;
    this.wake();
  }

  /**
   * What there is for an exchange.
   * @param awaits the request whose answer it waits for
   * @param isSending whether it has sent something that no answer comes to: it need not wait
   * @returns undefined when it has to wait
   */
  take(awaits: string | number | null, isSending: boolean): Taken | undefined {
    const answer = awaits === null ? undefined : this.answers.get(keyOf(awaits));
    const isReady =
      answer !== undefined ||
      (awaits === null ? isSending || this.told.length > 0 : this.told.some(({ isRequest }) => isRequest));
    return isReady ? this.takeNow(awaits) : undefined;
  }

  /** The same for an exchange whose time is over. As much as fits into a message, in the order in which it came. */
  takeNow(awaits: string | number | null): Taken {
    const received: string[] = [];
    let bytes = 0;
    for (let next = this.told[0]; next; next = this.told[0]) {
      if (received.length > 0 && bytes + next.text.length > MAX_STDIO_MESSAGE_BYTES) {
        return { received, isAnswered: false };
      }
      bytes += next.text.length;
      received.push(next.text);
      this.drop();
    }
    const key = awaits === null ? undefined : keyOf(awaits);
    const answer = key === undefined ? undefined : this.answers.get(key);
    if (key === undefined || answer === undefined) return { received, isAnswered: false };
    if (received.length > 0 && bytes + answer.length > MAX_STDIO_MESSAGE_BYTES) {
      return { received, isAnswered: false };
    }
    this.answers.delete(key);
    this.answerBytes -= answer.length;
    return { received: [...received, answer], isAnswered: true };
  }

  /** Resolves when something came, or the time is over. */
  wait(limitMs: number, isForAnswer: boolean): Promise<void> {
    if (isForAnswer) this.awaiting += 1;
    return new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wakers.delete(done);
        if (isForAnswer) this.awaiting -= 1;
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.wakers.add(done);
    });
  }

  /** Ends all waiting. */
  wake(): void {
    for (const done of this.wakers) done();
  }

  private push(told: Told): void {
    this.told.push(told);
    this.toldBytes += told.text.length;
    while (this.told.length > 1 && (this.told.length > MAX_TOLD || this.toldBytes > MAX_TOLD_BYTES))
      this.drop();
    this.wake();
  }

  private drop(): void {
    this.toldBytes -= this.told.shift()?.text.length ?? 0;
  }
}

export interface Taken {
  received: string[];
  isAnswered: boolean;
}

/** `1` and `"1"` are two ids (JSON-RPC 2.0, section 4). */
function keyOf(id: string | number): string {
  return JSON.stringify(id);
}
