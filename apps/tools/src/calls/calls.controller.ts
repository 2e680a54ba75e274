import { Controller } from '@nestjs/common';
import {
  executeTool,
  findQuestions,
  proxyRequest,
  type AnswerOf,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { callContextOf, Handle } from '@patchbay/service';
import { CallCancellation } from './call-cancellation.js';
import { toCall } from './call.js';
import { CallsService } from './calls.service.js';
import { KnownSessions } from './known-sessions.js';
import { PermissionsService } from './permissions.service.js';
import { ProxyService } from './proxy.service.js';

@Controller()
export class CallsController {
  constructor(
    private readonly cancellation: CallCancellation,
    private readonly calls: CallsService,
    private readonly known: KnownSessions,
    private readonly permissions: PermissionsService,
    private readonly proxy: ProxyService,
  ) {}

  @Handle(executeTool)
  execute({
    context: given,
    session: sent,
    ...message
  }: InputOf<typeof executeTool>): Promise<AnswerOf<typeof executeTool>> {
    const context = callContextOf(given);
    const session = this.known.resolve(message.projectId, sent);
    return this.cancellation.run((signal) =>
      this.calls.execute(toCall({ ...message, session }, context, signal)),
    );
  }

  @Handle(findQuestions)
  questions(input: InputOf<typeof findQuestions>): Promise<OutputOf<typeof findQuestions>> {
    return this.permissions.questions(input);
  }

  @Handle(proxyRequest)
  send({
    context: given,
    session: sent,
    ...proxied
  }: InputOf<typeof proxyRequest>): Promise<OutputOf<typeof proxyRequest>> {
    const context = callContextOf(given);
    const session = this.known.resolve(proxied.projectId, sent);
    return this.cancellation.run((signal) => this.proxy.send({ ...proxied, session }, context, signal));
  }
}
