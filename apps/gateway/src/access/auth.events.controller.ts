import { Controller } from '@nestjs/common';
import { apiKeyRevoked, projectUpdated, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { PrincipalsService } from './principals.service.js';

@Controller()
export class AuthEventsController {
  constructor(private readonly principals: PrincipalsService) {}

  @OnEvent(apiKeyRevoked)
  async onApiKeyRevoked({ data }: EventEnvelope<EventDataOf<typeof apiKeyRevoked>>): Promise<void> {
    this.principals.forget(data.sha256);
  }

  @OnEvent(projectUpdated)
  async onProjectUpdated({ projectId }: EventEnvelope<EventDataOf<typeof projectUpdated>>): Promise<void> {
    this.principals.forgetProject(projectId);
  }
}
