import { Controller } from '@nestjs/common';
import {
  callsAllowed,
  sessionDeleted,
  sessionUpdated,
  type EventDataOf,
  type EventEnvelope,
} from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { RememberedSessions } from './remembered-sessions.service.js';

@Controller()
export class SessionsEventsController {
  constructor(private readonly remembered: RememberedSessions) {}

  @OnEvent(sessionUpdated)
  async onSessionUpdated(event: EventEnvelope<EventDataOf<typeof sessionUpdated>>): Promise<void> {
    this.remembered.forget(event.projectId, event.data.sessionId);
  }

  @OnEvent(callsAllowed)
  async onCallsAllowed(event: EventEnvelope<EventDataOf<typeof callsAllowed>>): Promise<void> {
    this.remembered.forget(event.projectId, event.data.sessionId);
  }

  @OnEvent(sessionDeleted)
  async onSessionDeleted(event: EventEnvelope<EventDataOf<typeof sessionDeleted>>): Promise<void> {
    this.remembered.forget(event.projectId, event.data.sessionId);
  }
}
