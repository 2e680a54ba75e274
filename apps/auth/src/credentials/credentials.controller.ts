import { Controller } from '@nestjs/common';
import {
  chooseCredential,
  connectionChanged,
  openCredential,
  placeGivenCredential,
  type EventDataOf,
  type EventEnvelope,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle, OnEvent } from '@patchbay/service';
import { ConnectorService } from './connector.service.js';
import { CredentialsService } from './credentials.service.js';

@Controller()
export class CredentialsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly connector: ConnectorService,
  ) {}

  @Handle(openCredential)
  open(input: InputOf<typeof openCredential>): Promise<OutputOf<typeof openCredential>> {
    return this.credentials.open(input);
  }

  @Handle(chooseCredential)
  choose(input: InputOf<typeof chooseCredential>): Promise<OutputOf<typeof chooseCredential>> {
    return this.credentials.choose(input);
  }

  @Handle(placeGivenCredential)
  place(input: InputOf<typeof placeGivenCredential>): Promise<OutputOf<typeof placeGivenCredential>> {
    return this.connector.placeGiven(input, input.credential);
  }

  @OnEvent(connectionChanged)
  async onConnectionChanged(event: EventEnvelope<EventDataOf<typeof connectionChanged>>): Promise<void> {
    this.credentials.forget({ projectId: event.projectId, ...event.data });
  }
}
