import { Controller } from '@nestjs/common';
import { allowForSession, findRemovals, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { MetaToolsService } from '../meta-tools/meta-tools.service.js';
import { PermissionsService } from './permissions.service.js';

@Controller()
export class PermissionsController {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly metaTools: MetaToolsService,
  ) {}

  @Handle(allowForSession)
  allow(input: InputOf<typeof allowForSession>): Promise<OutputOf<typeof allowForSession>> {
    return this.permissions.allow(input);
  }

  @Handle(findRemovals)
  removals(input: InputOf<typeof findRemovals>): Promise<OutputOf<typeof findRemovals>> {
    return this.metaTools.removals(input);
  }
}
