import { Controller } from '@nestjs/common';
import {
  allowForSession,
  attachSession,
  createSession,
  deleteSession,
  getSession,
  listSessions,
  listSessionVersions,
  updateSession,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { AllowedCallsService } from './allowed-calls.service.js';
import { SessionHistoryService } from './session-history.service.js';
import { SessionListService } from './session-list.service.js';
import { SessionsService } from './sessions.service.js';

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly allowedCalls: AllowedCallsService,
    private readonly history: SessionHistoryService,
    private readonly lists: SessionListService,
  ) {}

  @Handle(createSession)
  create(input: InputOf<typeof createSession>): Promise<OutputOf<typeof createSession>> {
    return this.sessions.create(input);
  }

  @Handle(attachSession)
  attach(input: InputOf<typeof attachSession>): Promise<OutputOf<typeof attachSession>> {
    return this.sessions.attach(input);
  }

  @Handle(listSessionVersions)
  versions(input: InputOf<typeof listSessionVersions>): Promise<OutputOf<typeof listSessionVersions>> {
    return this.history.list(input);
  }

  @Handle(listSessions)
  list(input: InputOf<typeof listSessions>): Promise<OutputOf<typeof listSessions>> {
    return this.lists.list(input);
  }

  @Handle(getSession)
  get(input: InputOf<typeof getSession>): Promise<OutputOf<typeof getSession>> {
    return this.sessions.get(input);
  }

  @Handle(updateSession)
  update(input: InputOf<typeof updateSession>): Promise<OutputOf<typeof updateSession>> {
    return this.sessions.update(input);
  }

  @Handle(deleteSession)
  delete(input: InputOf<typeof deleteSession>): Promise<OutputOf<typeof deleteSession>> {
    return this.sessions.delete(input);
  }

  @Handle(allowForSession)
  allow(input: InputOf<typeof allowForSession>): Promise<OutputOf<typeof allowForSession>> {
    return this.allowedCalls.allow(input);
  }
}
