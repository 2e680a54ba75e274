import { Controller } from '@nestjs/common';
import {
  collectCliSession,
  createCliSession,
  getCliSession,
  linkCliSession,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { CliSessionsService } from './cli-sessions.service.js';

@Controller()
export class CliSessionsController {
  constructor(private readonly sessions: CliSessionsService) {}

  @Handle(createCliSession)
  create(input: InputOf<typeof createCliSession>): Promise<OutputOf<typeof createCliSession>> {
    return this.sessions.create(input);
  }

  @Handle(getCliSession)
  get(input: InputOf<typeof getCliSession>): Promise<OutputOf<typeof getCliSession>> {
    return this.sessions.get(input.id);
  }

  @Handle(linkCliSession)
  link(input: InputOf<typeof linkCliSession>): Promise<OutputOf<typeof linkCliSession>> {
    return this.sessions.link(input);
  }

  @Handle(collectCliSession)
  collect(input: InputOf<typeof collectCliSession>): Promise<OutputOf<typeof collectCliSession>> {
    return this.sessions.collect(input.id);
  }
}
