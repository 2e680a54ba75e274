import { Controller } from '@nestjs/common';
import { connectionChanged, type EventDataOf, type EventEnvelope } from '@patchbay/contracts';
import { OnEvent } from '@patchbay/service';
import { SessionAccountsService } from './session-accounts.service.js';

@Controller()
export class AccountsEventsController {
  constructor(private readonly accounts: SessionAccountsService) {}

  @OnEvent(connectionChanged)
  async onConnectionChanged(event: EventEnvelope<EventDataOf<typeof connectionChanged>>): Promise<void> {
    this.accounts.forget(event.projectId, event.data);
  }
}
