import { Controller } from '@nestjs/common';
import {
  endConsoleSessions,
  listConsoleSessions,
  verifyConsoleSession,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ConsoleSessionsService } from './console-sessions.service.js';

@Controller()
export class ConsoleSessionsController {
  constructor(private readonly sessions: ConsoleSessionsService) {}

  @Handle(verifyConsoleSession)
  verify(input: InputOf<typeof verifyConsoleSession>): Promise<OutputOf<typeof verifyConsoleSession>> {
    return this.sessions.verify(input.sha256);
  }

  @Handle(listConsoleSessions)
  async list(input: InputOf<typeof listConsoleSessions>): Promise<OutputOf<typeof listConsoleSessions>> {
    return { items: await this.sessions.list(input.personId) };
  }

  @Handle(endConsoleSessions)
  end(input: InputOf<typeof endConsoleSessions>): Promise<OutputOf<typeof endConsoleSessions>> {
    return this.sessions.end(input);
  }
}
