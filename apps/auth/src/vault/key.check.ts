import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import { missingKeys } from '@patchbay/vault';
import { DataSource } from 'typeorm';
import { SEALED_PLACES } from './sealed-places.js';
import { Vault } from './vault.service.js';

/** Says at the start what stays closed, before a call fails by it: after a restore, or when a key was taken out too early. */
@Injectable()
export class KeyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vault: Vault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // While Postgres is away nothing can be said; the service has to start all the same.
    const missing = await missingKeys(this.dataSource, this.vault, SEALED_PLACES).catch(() => []);
    if (missing.length === 0) return;
    this.logger.error(
      { missing },
      'PATCHBAY_ENCRYPTION_KEYS lacks keys: what they sealed cannot be opened. Put them back, or see docs/operating/keys.md#keys-that-are-lost',
    );
  }
}
