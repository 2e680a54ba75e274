import { Controller } from '@nestjs/common';
import { linkToolkit, listSessionToolkits, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { SessionsService } from '../sessions/index.js';
import { SessionToolkitsService } from './session-toolkits.service.js';

@Controller()
export class SessionToolkitsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly toolkits: SessionToolkitsService,
  ) {}

  @Handle(listSessionToolkits)
  async list(input: InputOf<typeof listSessionToolkits>): Promise<OutputOf<typeof listSessionToolkits>> {
    return this.toolkits.list(await this.sessions.get(input), input);
  }

  @Handle(linkToolkit)
  async link(input: InputOf<typeof linkToolkit>): Promise<OutputOf<typeof linkToolkit>> {
    const { projectId, id, ...options } = input;
    return this.toolkits.link(await this.sessions.get({ projectId, id }), options);
  }
}
