import { Controller } from '@nestjs/common';
import { runCode, runCommand, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { RoutingService } from './routing.service.js';
import { toRunRequest } from './run.js';

@Controller()
export class RunsController {
  constructor(private readonly routing: RoutingService) {}

  @Handle(runCode)
  runCode(input: InputOf<typeof runCode>): Promise<OutputOf<typeof runCode>> {
    return this.routing.runCode(toRunRequest(input));
  }

  @Handle(runCommand)
  runCommand(input: InputOf<typeof runCommand>): Promise<OutputOf<typeof runCommand>> {
    return this.routing.runCommand(toRunRequest(input));
  }
}
