import { Controller } from '@nestjs/common';
import { getWorkbenchStatus, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { StatusService } from './status.service.js';

@Controller()
export class StatusController {
  constructor(private readonly status: StatusService) {}

  @Handle(getWorkbenchStatus)
  get(_input: InputOf<typeof getWorkbenchStatus>): Promise<OutputOf<typeof getWorkbenchStatus>> {
    return this.status.get();
  }
}
