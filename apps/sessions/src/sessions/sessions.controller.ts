import { Controller } from '@nestjs/common';
import {
  createSession,
  deleteSession,
  getSession,
  listSessionTools,
  updateSession,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ExposedToolsService } from './exposed-tools.service.js';
import { SessionsService } from './sessions.service.js';

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly exposed: ExposedToolsService,
  ) {}

  @Handle(createSession)
  create(input: InputOf<typeof createSession>): Promise<OutputOf<typeof createSession>> {
    return this.sessions.create(input);
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

  @Handle(listSessionTools)
  async listTools(input: InputOf<typeof listSessionTools>): Promise<OutputOf<typeof listSessionTools>> {
    return this.exposed.list(await this.sessions.get(input), input);
  }
}
