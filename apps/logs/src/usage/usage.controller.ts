import { Controller } from '@nestjs/common';
import { getUsage, getUsageRows, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { UsageRowsService } from './usage-rows.service.js';
import { UsageService } from './usage.service.js';

@Controller()
export class UsageController {
  constructor(
    private readonly usage: UsageService,
    private readonly rows: UsageRowsService,
  ) {}

  @Handle(getUsage)
  get(input: InputOf<typeof getUsage>): Promise<OutputOf<typeof getUsage>> {
    return this.usage.get(input);
  }

  @Handle(getUsageRows)
  getRows(input: InputOf<typeof getUsageRows>): Promise<OutputOf<typeof getUsageRows>> {
    return this.rows.get(input);
  }
}
