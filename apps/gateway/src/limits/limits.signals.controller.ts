import { Controller } from '@nestjs/common';
import { limitsSpent, type SignalOf } from '@patchbay/contracts';
import { OnSignal } from '@patchbay/service';
import { LimitSharing } from './limit-sharing.service.js';

@Controller()
export class LimitsSignalsController {
  constructor(private readonly sharing: LimitSharing) {}

  @OnSignal(limitsSpent)
  onSpent(signal: SignalOf<typeof limitsSpent>): Promise<void> {
    return this.sharing.onSpent(signal);
  }
}
