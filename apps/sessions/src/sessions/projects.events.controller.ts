import { Controller } from '@nestjs/common';
import { projectDeleted, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { SessionsService } from './sessions.service.js';

@Controller()
export class ProjectsEventsController {
  constructor(private readonly sessions: SessionsService) {}

  @OnEvent(projectDeleted)
  onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    return this.sessions.deleteAllOf(data.projectId);
  }
}
