import { Controller } from '@nestjs/common';
import { executeTool, findQuestions, proxyRequest, type InputOf, type OutputOf } from '@patchbay/contracts';
import { callContextOf, Handle } from '@patchbay/service';
import { CallCancellation } from './call-cancellation.js';
import { toCall } from './call.js';
import { CallsService } from './calls.service.js';
import { PermissionsService } from './permissions.service.js';
import { ProxyService } from './proxy.service.js';

@Controller()
export class CallsController {
  constructor(
    private readonly cancellation: CallCancellation,
    private readonly calls: CallsService,
    private readonly permissions: PermissionsService,
    private readonly proxy: ProxyService,
  ) {}

  @Handle(executeTool)
  execute({
    context: given,
    ...message
  }: InputOf<typeof executeTool>): Promise<OutputOf<typeof executeTool>> {
    const context = callContextOf(given);
    return this.cancellation.run((signal) => this.calls.execute(toCall(message, context, signal)));
  }

  @Handle(findQuestions)
  questions(input: InputOf<typeof findQuestions>): Promise<OutputOf<typeof findQuestions>> {
    return this.permissions.questions(input);
  }

  @Handle(proxyRequest)
  send({ context: given, ...proxied }: InputOf<typeof proxyRequest>): Promise<OutputOf<typeof proxyRequest>> {
    const context = callContextOf(given);
    return this.cancellation.run((signal) => this.proxy.send(proxied, context, signal));
  }
}
