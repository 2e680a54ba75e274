import { Controller } from '@nestjs/common';
import {
  mcpCallCancelled,
  mcpClientLeft,
  mcpQuestionAnswered,
  sessionUpdated,
  type EventDataOf,
  type EventEnvelope,
  type SignalOf,
} from '@patchbay/contracts';
import { OnEvent, OnSignal } from '@patchbay/service';
import { ChangeStreams } from './change-streams.service.js';
import { ClientsService } from './clients.service.js';
import { QuestionsService } from './questions.service.js';

/** What MCP clients of this replica are told of what happened elsewhere. */
@Controller()
export class McpSignalsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly changes: ChangeStreams,
    private readonly questions: QuestionsService,
  ) {}

  @OnSignal(mcpCallCancelled)
  async onCallCancelled(signal: SignalOf<typeof mcpCallCancelled>): Promise<void> {
    this.clients.onCancelled(signal);
  }

  @OnSignal(mcpClientLeft)
  async onClientLeft(signal: SignalOf<typeof mcpClientLeft>): Promise<void> {
    this.clients.onLeft(signal);
  }

  @OnSignal(mcpQuestionAnswered)
  async onQuestionAnswered(signal: SignalOf<typeof mcpQuestionAnswered>): Promise<void> {
    this.questions.onAnswered(signal);
  }

  @OnEvent(sessionUpdated)
  async onSessionUpdated({ data }: EventEnvelope<EventDataOf<typeof sessionUpdated>>): Promise<void> {
    this.changes.changed(data.sessionId, data.configVersion);
  }
}
