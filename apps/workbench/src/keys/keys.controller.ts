import { Controller } from '@nestjs/common';
import { verifySandboxKey, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { Leases } from '../workspaces/index.js';

@Controller()
export class KeysController {
  constructor(private readonly leases: Leases) {}

  @Handle(verifySandboxKey)
  verify({ sha256 }: InputOf<typeof verifySandboxKey>): Promise<OutputOf<typeof verifySandboxKey>> {
    return this.leases.holderOf(sha256);
  }
}
