import { Controller } from '@nestjs/common';
import {
  executeMetaTool,
  findRemovals,
  listSessionTools,
  type AnswerOf,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { callContextOf, Handle } from '@patchbay/service';
import { MetaToolsService } from './meta-tools.service.js';
import { SessionToolsService } from './session-tools.service.js';

@Controller()
export class MetaToolsController {
  constructor(
    private readonly metaTools: MetaToolsService,
    private readonly sessionTools: SessionToolsService,
  ) {}

  @Handle(executeMetaTool)
  execute(input: InputOf<typeof executeMetaTool>): Promise<AnswerOf<typeof executeMetaTool>> {
    return this.metaTools.execute({ ...input, context: callContextOf(input.context) });
  }

  @Handle(findRemovals)
  removals(input: InputOf<typeof findRemovals>): Promise<OutputOf<typeof findRemovals>> {
    return this.metaTools.removals(input);
  }

  @Handle(listSessionTools)
  list(input: InputOf<typeof listSessionTools>): Promise<OutputOf<typeof listSessionTools>> {
    return this.sessionTools.list(input);
  }
}
