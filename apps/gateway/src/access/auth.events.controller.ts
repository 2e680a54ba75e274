import { Controller } from '@nestjs/common';
import {
  apiKeyRevoked,
  mcpAccessRevoked,
  projectUpdated,
  type EventDataOf,
  type EventEnvelope,
} from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { McpTokensService } from '../mcp-access/mcp-tokens.service.js';
import { PrincipalsService } from './principals.service.js';

@Controller()
export class AuthEventsController {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly tokens: McpTokensService,
  ) {}

  @OnEvent(apiKeyRevoked)
  async onApiKeyRevoked({ data }: EventEnvelope<EventDataOf<typeof apiKeyRevoked>>): Promise<void> {
    this.principals.forget(data.sha256);
  }

  @OnEvent(projectUpdated)
  async onProjectUpdated({ projectId }: EventEnvelope<EventDataOf<typeof projectUpdated>>): Promise<void> {
    this.principals.forgetProject(projectId);
    this.tokens.forgetProject(projectId);
  }

  @OnEvent(mcpAccessRevoked)
  async onMcpAccessRevoked({ data }: EventEnvelope<EventDataOf<typeof mcpAccessRevoked>>): Promise<void> {
    this.tokens.forget(data.grantIds);
  }
}
