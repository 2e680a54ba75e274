import { Controller } from '@nestjs/common';
import { attemptAskedFor, type SignalOf } from '@patchbay/contracts';
import { OnSignal } from '@patchbay/service';
import { ClientAttempts } from './client-attempts.service.js';

/** Replicas that were sent a retry ask for what this one knows of the attempt before it. */
@Controller()
export class AttemptsSignalsController {
  constructor(private readonly attempts: ClientAttempts) {}

  @OnSignal(attemptAskedFor)
  async onAskedFor(signal: SignalOf<typeof attemptAskedFor>): Promise<void> {
    await this.attempts.settle(signal);
  }
}
