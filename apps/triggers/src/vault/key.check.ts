import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import { warnOfMissingKeys } from '@patchbay/vault';
import { DataSource } from 'typeorm';
import { SEALED_PLACES } from './sealed-places.js';
import { Vault } from './vault.service.js';

@Injectable()
export class KeyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vault: Vault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return warnOfMissingKeys(this.dataSource, this.vault, SEALED_PLACES, this.logger);
  }
}
