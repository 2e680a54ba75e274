interface Waiting {
  id: string;
  body: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Of one message, so that it fits however many bytes its characters take. */
const MAX_CHARACTERS = 128 * 1024;

/**
 * Group commit: while one message is on its way to the stream, the events that come meanwhile gather for the next,
 * which holds one a line. A lone event waits for nothing.
 */
export class Gatherer {
  private waiting: Waiting[] = [];
  private isSending = false;

  /** @param send resolves when the message is stored */
  constructor(private readonly send: (ids: readonly string[], body: string) => Promise<void>) {}

  /** Resolves when the event is stored; rejects as the message did that it was in. */
  add(id: string, body: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ id, body, resolve, reject });
      if (!this.isSending) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isSending = true;
    while (this.waiting.length > 0) {
      const batch = this.next();
      try {
        await this.send(
          batch.map(({ id }) => id),
          batch.map(({ body }) => body).join('\n'),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isSending = false;
  }

  private next(): Waiting[] {
    let characters = 0;
    const full = this.waiting.findIndex(({ body }, index) => {
      characters += body.length;
      return index > 0 && characters > MAX_CHARACTERS;
    });
    return this.waiting.splice(0, full === -1 ? this.waiting.length : full);
  }
}
