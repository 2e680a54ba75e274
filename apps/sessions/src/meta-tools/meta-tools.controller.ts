import { Controller } from '@nestjs/common';
import { executeMetaTool, type InputOf, type OutputOf } from '@patchbay/contracts';
import { callContextOf, Handle } from '@patchbay/service';
import { MetaToolsService } from './meta-tools.service.js';

@Controller()
export class MetaToolsController {
  constructor(private readonly metaTools: MetaToolsService) {}

  @Handle(executeMetaTool)
  execute(input: InputOf<typeof executeMetaTool>): Promise<OutputOf<typeof executeMetaTool>> {
    return this.metaTools.execute({ ...input, context: callContextOf(input.context) });
  }
}
