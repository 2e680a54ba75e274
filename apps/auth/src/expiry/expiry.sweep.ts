import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { ExpiryService } from './expiry.service.js';

const EVERY_MS = 60_000;

/** Clears away what is over: links, sign-ins, accounts that nobody finished, codes, grants and tokens. */
@Injectable()
export class ExpirySweep extends Sweep {
  constructor(
    private readonly expiry: ExpiryService,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for what has expired', EVERY_MS);
  }

  protected round(): Promise<void> {
    return this.expiry.clear();
  }
}
