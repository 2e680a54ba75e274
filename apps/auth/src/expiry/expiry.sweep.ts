import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { ExpiryService } from './expiry.service.js';

const EVERY_MS = 60_000;

/** Deletes expired links, sign-ins, codes, grants and tokens, and accounts whose sign-in was never finished. */
@Injectable()
export class ExpirySweep extends Sweep {
  constructor(
    private readonly expiry: ExpiryService,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for what has expired', EVERY_MS);
  }

  protected round(): Promise<void> {
    return this.expiry.sweep();
  }
}
