import { Controller } from '@nestjs/common';
import {
  connectionChanged,
  openCredential,
  type EventDataOf,
  type EventEnvelope,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle, OnEvent } from '@patchbay/service';
import { CredentialsService } from './credentials.service.js';

@Controller()
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Handle(openCredential)
  open(input: InputOf<typeof openCredential>): Promise<OutputOf<typeof openCredential>> {
    return this.credentials.open(input);
  }

  @OnEvent(connectionChanged)
  async onConnectionChanged(event: EventEnvelope<EventDataOf<typeof connectionChanged>>): Promise<void> {
    this.credentials.forget({ projectId: event.projectId, ...event.data });
  }
}
