import { Controller } from '@nestjs/common';
import {
  closeStdio,
  exchangeStdio,
  listStdioPackages,
  openStdio,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { StdioService } from './stdio.service.js';

@Controller()
export class StdioController {
  constructor(private readonly stdio: StdioService) {}

  @Handle(listStdioPackages)
  listPackages(_input: InputOf<typeof listStdioPackages>): Promise<OutputOf<typeof listStdioPackages>> {
    return this.stdio.listPackages();
  }

  @Handle(openStdio)
  open(input: InputOf<typeof openStdio>): Promise<OutputOf<typeof openStdio>> {
    return this.stdio.open(input);
  }

  @Handle(exchangeStdio)
  exchange(input: InputOf<typeof exchangeStdio>): Promise<OutputOf<typeof exchangeStdio>> {
    return this.stdio.exchange(input);
  }

  @Handle(closeStdio)
  close(input: InputOf<typeof closeStdio>): Promise<OutputOf<typeof closeStdio>> {
    return this.stdio.close(input);
  }
}
