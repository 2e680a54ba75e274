import { Controller } from '@nestjs/common';
import { getUsage, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { UsageService } from './usage.service.js';

@Controller()
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Handle(getUsage)
  get(input: InputOf<typeof getUsage>): Promise<OutputOf<typeof getUsage>> {
    return this.usage.get(input);
  }
}
