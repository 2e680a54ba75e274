import { Controller } from '@nestjs/common';
import { memoriesChanged, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { MemoriesService } from './memories.service.js';

@Controller()
export class MemoriesEventsController {
  constructor(private readonly memories: MemoriesService) {}

  @OnEvent(memoriesChanged)
  async onMemoriesChanged({ data }: EventEnvelope<EventDataOf<typeof memoriesChanged>>): Promise<void> {
    this.memories.forget(data.sessionId);
  }
}
