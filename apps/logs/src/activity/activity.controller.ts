import { Controller } from '@nestjs/common';
import { getActivity, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ActivityService } from './activity.service.js';

@Controller()
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @Handle(getActivity)
  get(input: InputOf<typeof getActivity>): Promise<OutputOf<typeof getActivity>> {
    return this.activity.get(input);
  }
}
