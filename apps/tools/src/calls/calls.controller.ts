import { Controller } from '@nestjs/common';
import { executeTool, findQuestions, proxyRequest, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { CallsService } from './calls.service.js';
import { PermissionsService } from './permissions.service.js';
import { ProxyService } from './proxy.service.js';

@Controller()
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly permissions: PermissionsService,
    private readonly proxy: ProxyService,
  ) {}

  @Handle(executeTool)
  execute(input: InputOf<typeof executeTool>): Promise<OutputOf<typeof executeTool>> {
    return this.calls.execute(input);
  }

  @Handle(findQuestions)
  questions(input: InputOf<typeof findQuestions>): Promise<OutputOf<typeof findQuestions>> {
    return this.permissions.questions(input);
  }

  @Handle(proxyRequest)
  send(input: InputOf<typeof proxyRequest>): Promise<OutputOf<typeof proxyRequest>> {
    return this.proxy.send(input);
  }
}
