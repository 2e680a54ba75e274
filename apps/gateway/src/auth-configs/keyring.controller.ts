import { Controller, Get } from '@nestjs/common';
import { listTransferKeys } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area } from '../access/index.js';

/** The keys that `sealed_credentials` of auth configs are sealed to. */
@Controller('keyring')
@AccessFor('project')
@Area('auth_configs')
export class KeyringController {
  constructor(private readonly bus: Bus) {}

  @Get('transfer_keys')
  async list() {
    const { activeKid, keys } = await this.bus.request(listTransferKeys, {});
    return { active_kid: activeKid, keys };
  }
}
