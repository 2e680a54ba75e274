import { Controller } from '@nestjs/common';
import { generateArguments, type InputOf, type OutputOf } from '@patchbay/contracts';
import { callContextOf, Handle } from '@patchbay/service';
import { ArgumentGenerationService } from './argument-generation.service.js';

@Controller()
export class ArgumentGenerationController {
  constructor(private readonly generation: ArgumentGenerationService) {}

  @Handle(generateArguments)
  generate(input: InputOf<typeof generateArguments>): Promise<OutputOf<typeof generateArguments>> {
    return this.generation.generate({ ...input, context: callContextOf(input.context) });
  }
}
