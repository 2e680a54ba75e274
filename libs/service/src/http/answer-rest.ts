import { Readable } from 'node:stream';

/** Where the bytes of an answer come from, and how to hold it. */
interface Source {
  resume(): void;
  abort(reason: Error): void;
}

/** What comes of an answer's body after it was given before its end. */
export class AnswerRest extends Readable {
  constructor(private readonly source: Source) {
    super();
    // It may break off before its reader has it; one that comes later hears of it all the same.
    this.on('error', () => undefined);
  }

  override _read(): void {
    this.source.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (!this.readableEnded)
      this.source.abort(error ?? new Error('The rest of the answer is not read any more'));
    callback(error);
  }
}
