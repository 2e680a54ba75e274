import { Controller } from '@nestjs/common';
import { listTransferKeys, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { KeyringService } from './keyring.service.js';

@Controller()
export class KeyringController {
  constructor(private readonly keyring: KeyringService) {}

  @Handle(listTransferKeys)
  list(_input: InputOf<typeof listTransferKeys>): Promise<OutputOf<typeof listTransferKeys>> {
    return this.keyring.list();
  }
}
