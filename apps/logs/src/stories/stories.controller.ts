import { Controller } from '@nestjs/common';
import { getStory, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { StoriesService } from './stories.service.js';

@Controller()
export class StoriesController {
  constructor(private readonly stories: StoriesService) {}

  @Handle(getStory)
  get(input: InputOf<typeof getStory>): Promise<OutputOf<typeof getStory>> {
    return this.stories.get(input);
  }
}
