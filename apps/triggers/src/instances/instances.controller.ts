import { Controller } from '@nestjs/common';
import {
  deleteTrigger,
  getTrigger,
  listTriggers,
  setTriggerEnabled,
  upsertTrigger,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { InstanceListService } from './instance-list.service.js';
import { InstancesService } from './instances.service.js';

@Controller()
export class InstancesController {
  constructor(
    private readonly instances: InstancesService,
    private readonly lists: InstanceListService,
  ) {}

  @Handle(upsertTrigger)
  upsert(input: InputOf<typeof upsertTrigger>): Promise<OutputOf<typeof upsertTrigger>> {
    return this.instances.upsert(input);
  }

  @Handle(getTrigger)
  get({ projectId, id }: InputOf<typeof getTrigger>): Promise<OutputOf<typeof getTrigger>> {
    return this.lists.get(projectId, id);
  }

  @Handle(listTriggers)
  list(input: InputOf<typeof listTriggers>): Promise<OutputOf<typeof listTriggers>> {
    return this.lists.list(input);
  }

  @Handle(setTriggerEnabled)
  setEnabled(input: InputOf<typeof setTriggerEnabled>): Promise<OutputOf<typeof setTriggerEnabled>> {
    return this.instances.setEnabled(input);
  }

  @Handle(deleteTrigger)
  delete({ projectId, id }: InputOf<typeof deleteTrigger>): Promise<OutputOf<typeof deleteTrigger>> {
    return this.instances.delete(projectId, id);
  }
}
