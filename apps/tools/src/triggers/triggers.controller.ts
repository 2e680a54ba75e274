import { Controller } from '@nestjs/common';
import {
  checkTriggerConfig,
  getTriggerType,
  listTriggerSlugs,
  listTriggerTypes,
  pollTrigger,
  registerTrigger,
  removeTrigger,
  renewTrigger,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { TriggersService } from './triggers.service.js';
import { TriggerTypesService } from './trigger-types.service.js';

@Controller()
export class TriggersController {
  constructor(
    private readonly triggers: TriggersService,
    private readonly types: TriggerTypesService,
  ) {}

  @Handle(listTriggerTypes)
  async list(input: InputOf<typeof listTriggerTypes>): Promise<OutputOf<typeof listTriggerTypes>> {
    return this.types.list(input);
  }

  @Handle(listTriggerSlugs)
  async slugs(input: InputOf<typeof listTriggerSlugs>): Promise<OutputOf<typeof listTriggerSlugs>> {
    return this.types.slugs(input);
  }

  @Handle(getTriggerType)
  async get(input: InputOf<typeof getTriggerType>): Promise<OutputOf<typeof getTriggerType>> {
    return this.types.get(input);
  }

  @Handle(checkTriggerConfig)
  async check(input: InputOf<typeof checkTriggerConfig>): Promise<OutputOf<typeof checkTriggerConfig>> {
    return this.types.check(input);
  }

  @Handle(pollTrigger)
  poll(input: InputOf<typeof pollTrigger>): Promise<OutputOf<typeof pollTrigger>> {
    return this.triggers.poll(input);
  }

  @Handle(registerTrigger)
  register(input: InputOf<typeof registerTrigger>): Promise<OutputOf<typeof registerTrigger>> {
    return this.triggers.register(input);
  }

  @Handle(renewTrigger)
  renew(input: InputOf<typeof renewTrigger>): Promise<OutputOf<typeof renewTrigger>> {
    return this.triggers.renew(input);
  }

  @Handle(removeTrigger)
  remove(input: InputOf<typeof removeTrigger>): Promise<OutputOf<typeof removeTrigger>> {
    return this.triggers.remove(input);
  }
}
