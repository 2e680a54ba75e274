import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { DeadLetters } from './dead-letters.store.js';

const EVERY_MS = 60 * 60 * 1000;

/** Deletes dead letters after their retention time. */
@Injectable()
export class DeadLetterSweep extends Sweep {
  constructor(
    private readonly letters: DeadLetters,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for old dead letters', EVERY_MS);
  }

  protected round(): Promise<void> {
    return this.letters.deleteOld();
  }
}
