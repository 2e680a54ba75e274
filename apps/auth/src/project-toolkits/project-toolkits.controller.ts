import { Controller } from '@nestjs/common';
import {
  openToolkitHeaders,
  registerToolkit,
  toolkitRegistered,
  unregisterToolkit,
  type EventDataOf,
  type EventEnvelope,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle, OnEvent } from '@patchbay/service';
import { ToolkitRegistry } from '../toolkits/index.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';

@Controller()
export class ProjectToolkitsController {
  constructor(
    private readonly toolkits: ProjectToolkitsService,
    private readonly registry: ToolkitRegistry,
  ) {}

  @Handle(registerToolkit)
  register(input: InputOf<typeof registerToolkit>): Promise<OutputOf<typeof registerToolkit>> {
    return this.toolkits.register(input);
  }

  @Handle(unregisterToolkit)
  unregister(input: InputOf<typeof unregisterToolkit>): Promise<OutputOf<typeof unregisterToolkit>> {
    return this.toolkits.unregister(input);
  }

  @Handle(openToolkitHeaders)
  openHeaders(input: InputOf<typeof openToolkitHeaders>): Promise<OutputOf<typeof openToolkitHeaders>> {
    return this.toolkits.openHeaders(input);
  }

  @OnEvent(toolkitRegistered)
  async onToolkitRegistered({ data }: EventEnvelope<EventDataOf<typeof toolkitRegistered>>): Promise<void> {
    this.registry.learn(data.projectId, data.slug, data.toolkit);
  }
}
