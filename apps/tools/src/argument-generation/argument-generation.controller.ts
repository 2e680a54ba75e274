import { Controller } from '@nestjs/common';
import { generateArguments, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ArgumentGenerationService } from './argument-generation.service.js';

@Controller()
export class ArgumentGenerationController {
  constructor(private readonly inputs: ArgumentGenerationService) {}

  @Handle(generateArguments)
  generate(input: InputOf<typeof generateArguments>): Promise<OutputOf<typeof generateArguments>> {
    return this.inputs.generate(input);
  }
}
