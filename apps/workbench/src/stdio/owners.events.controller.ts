import { Controller } from '@nestjs/common';
import {
  connectionChanged,
  projectDeleted,
  sessionDeleted,
  toolkitChanged,
  type EventDataOf,
  type EventEnvelope,
} from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { ProcessesService } from './processes.service.js';

/** Ends processes whose owner is gone, or has become another, on the replica that has them. */
@Controller()
export class OwnersEventsController {
  constructor(private readonly processes: ProcessesService) {}

  @OnEvent(sessionDeleted)
  onSessionDeleted({ data }: EventEnvelope<EventDataOf<typeof sessionDeleted>>): Promise<void> {
    return this.processes.endAll(({ sessionId }) => sessionId === data.sessionId);
  }

  /** Revoked, expired, switched off or deleted: what runs with its credential ends. */
  @OnEvent(connectionChanged)
  async onConnectionChanged({ data }: EventEnvelope<EventDataOf<typeof connectionChanged>>): Promise<void> {
    if (data.status === 'ACTIVE') return;
    await this.processes.endAll(({ connectionId }) => connectionId === data.connectionId);
  }

  @OnEvent(toolkitChanged)
  async onToolkitChanged({ data }: EventEnvelope<EventDataOf<typeof toolkitChanged>>): Promise<void> {
    if (!data.isMoved) return;
    await this.processes.endAll(
      ({ projectId, toolkit }) => projectId === data.projectId && toolkit === data.slug,
    );
  }

  @OnEvent(projectDeleted)
  onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    return this.processes.endAll(({ projectId }) => projectId === data.projectId);
  }
}
