import { Controller } from '@nestjs/common';
import { receiveWebhook, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { IngressService } from './ingress.service.js';

@Controller()
export class IngressController {
  constructor(private readonly ingress: IngressService) {}

  @Handle(receiveWebhook)
  receive(input: InputOf<typeof receiveWebhook>): Promise<OutputOf<typeof receiveWebhook>> {
    return this.ingress.receive(input);
  }
}
