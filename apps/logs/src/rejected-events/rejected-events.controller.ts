import { Controller } from '@nestjs/common';
import { listRejectedEvents, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { RejectedEventsService } from './rejected-events.service.js';

@Controller()
export class RejectedEventsController {
  constructor(private readonly rejected: RejectedEventsService) {}

  @Handle(listRejectedEvents)
  list(input: InputOf<typeof listRejectedEvents>): Promise<OutputOf<typeof listRejectedEvents>> {
    return this.rejected.list(input);
  }
}
