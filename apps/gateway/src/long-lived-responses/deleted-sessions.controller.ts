import { Controller } from '@nestjs/common';
import { sessionDeleted, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { SessionSnapshots } from '../sessions/index.js';
import { LongLivedResponses } from './long-lived-responses.service.js';

@Controller()
export class DeletedSessionsController {
  constructor(
    private readonly sessions: SessionSnapshots,
    private readonly responses: LongLivedResponses,
  ) {}

  @OnEvent(sessionDeleted)
  async onSessionDeleted({
    projectId,
    data: { sessionId },
  }: EventEnvelope<EventDataOf<typeof sessionDeleted>>): Promise<void> {
    // Forgotten first: a response that begins now is checked against the deleted session, not the snapshot.
    this.sessions.forget(projectId, sessionId);
    this.responses.end('session', sessionId, 'The session was deleted.');
  }
}
