import { Controller } from '@nestjs/common';
import { projectDeleted, sessionDeleted, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { WorkspacesService } from './workspaces.service.js';

/** Stops running sandboxes at once, on the replica that has them; `WorkspacesModule` registers the deletion of what is stored. */
@Controller()
export class SessionsEventsController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @OnEvent(sessionDeleted)
  onSessionDeleted({ projectId, data }: EventEnvelope<EventDataOf<typeof sessionDeleted>>): Promise<void> {
    return this.workspaces.endSession(projectId, data.sessionId);
  }

  @OnEvent(projectDeleted)
  onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    return this.workspaces.endProject(data.projectId);
  }
}
