import { Controller } from '@nestjs/common';
import { getCall, listCalls, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { CallsService } from './calls.service.js';

@Controller()
export class CallsController {
  constructor(private readonly calls: CallsService) {}

  @Handle(listCalls)
  list(input: InputOf<typeof listCalls>): Promise<OutputOf<typeof listCalls>> {
    return this.calls.list(input);
  }

  @Handle(getCall)
  get(input: InputOf<typeof getCall>): Promise<OutputOf<typeof getCall>> {
    return this.calls.get(input);
  }
}
