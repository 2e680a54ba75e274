import { Controller } from '@nestjs/common';
import { getWorkbenchStatus, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';

@Controller()
export class StatusController {
  /** This release has no driver that makes sandboxes, so sessions do not offer the workbench's tools. */
  @Handle(getWorkbenchStatus)
  async get(_input: InputOf<typeof getWorkbenchStatus>): Promise<OutputOf<typeof getWorkbenchStatus>> {
    return { available: false, reason: 'No sandbox driver is part of this release.' };
  }
}
