import { Controller } from '@nestjs/common';
import { listFeedback, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { FeedbackService } from './feedback.service.js';

@Controller()
export class FeedbackController {
  constructor(private readonly feedback: FeedbackService) {}

  @Handle(listFeedback)
  list(input: InputOf<typeof listFeedback>): Promise<OutputOf<typeof listFeedback>> {
    return this.feedback.list(input);
  }
}
