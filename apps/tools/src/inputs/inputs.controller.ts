import { Controller } from '@nestjs/common';
import { generateInput, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { InputsService } from './inputs.service.js';

@Controller()
export class InputsController {
  constructor(private readonly inputs: InputsService) {}

  @Handle(generateInput)
  generate(input: InputOf<typeof generateInput>): Promise<OutputOf<typeof generateInput>> {
    return this.inputs.generate(input);
  }
}
