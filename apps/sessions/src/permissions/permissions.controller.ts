import { Controller } from '@nestjs/common';
import { allowForSession, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { PermissionsService } from './permissions.service.js';

@Controller()
export class PermissionsController {
  constructor(private readonly permissions: PermissionsService) {}

  @Handle(allowForSession)
  allow(input: InputOf<typeof allowForSession>): Promise<OutputOf<typeof allowForSession>> {
    return this.permissions.allow(input);
  }
}
