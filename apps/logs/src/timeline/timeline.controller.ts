import { Controller } from '@nestjs/common';
import { getTimeline, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { TimelineService } from './timeline.service.js';

@Controller()
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  @Handle(getTimeline)
  get(input: InputOf<typeof getTimeline>): Promise<OutputOf<typeof getTimeline>> {
    return this.timeline.get(input);
  }
}
