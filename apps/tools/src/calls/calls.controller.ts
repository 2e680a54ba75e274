import { Controller } from '@nestjs/common';
import { executeTool, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { CallsService } from './calls.service.js';

@Controller()
export class CallsController {
  constructor(private readonly calls: CallsService) {}

  @Handle(executeTool)
  execute(input: InputOf<typeof executeTool>): Promise<OutputOf<typeof executeTool>> {
    return this.calls.execute(input);
  }
}
