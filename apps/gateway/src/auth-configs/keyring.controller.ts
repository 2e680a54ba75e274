import { Controller, Get } from '@nestjs/common';
import { listTransferKeys, TransferKey } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area } from '../access/index.js';
import { ApiTag, Describe } from '../http/index.js';
import { z } from 'zod';

/** The keys that `sealed_credentials` of auth configs are sealed to. */
@Controller('keyring')
@AccessFor('project')
@Area('auth_configs')
@ApiTag('Auth configs')
export class KeyringController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listTransferKeys',
    summary: 'List the keys that secrets are sealed to on their way here',
    description:
      'For `sealed_credentials` of auth configs. The installation has them, whatever project asks.',
    answer: z.object({ active_kid: z.string(), keys: z.array(TransferKey.meta({ id: 'TransferKey' })) }),
  })
  @Get('transfer_keys')
  async list() {
    const { activeKid, keys } = await this.bus.request(listTransferKeys, {});
    return { active_kid: activeKid, keys };
  }
}
