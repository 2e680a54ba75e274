import { Controller } from '@nestjs/common';
import {
  mcpCallCancelled,
  mcpClientLeft,
  mcpElicitationAnswered,
  sessionUpdated,
  type EventDataOf,
  type EventEnvelope,
  type SignalOf,
} from '@patchbay/contracts';
import { OnEvent, OnSignal } from '@patchbay/service';
import { ChangeStreams } from './transport/change-streams.service.js';
import { ClientsService } from './transport/clients.service.js';
import { StreamElicitation } from './elicitation/stream-elicitation.service.js';

/** Signals and events of other replicas for the MCP clients of this one. */
@Controller()
export class McpSignalsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly changes: ChangeStreams,
    private readonly elicitation: StreamElicitation,
  ) {}

  @OnSignal(mcpCallCancelled)
  async onCallCancelled(signal: SignalOf<typeof mcpCallCancelled>): Promise<void> {
    this.clients.onCancelled(signal);
  }

  @OnSignal(mcpClientLeft)
  async onClientLeft(signal: SignalOf<typeof mcpClientLeft>): Promise<void> {
    this.clients.onLeft(signal);
  }

  @OnSignal(mcpElicitationAnswered)
  async onElicitationAnswered(signal: SignalOf<typeof mcpElicitationAnswered>): Promise<void> {
    this.elicitation.onAnswered(signal);
  }

  @OnEvent(sessionUpdated)
  async onSessionUpdated({ data }: EventEnvelope<EventDataOf<typeof sessionUpdated>>): Promise<void> {
    this.changes.changed(data.sessionId, data.configVersion);
  }
}
