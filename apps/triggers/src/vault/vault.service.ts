import { Inject, Injectable } from '@nestjs/common';
import { SealingVault, type KeyRing } from '@patchbay/vault';
import { CONFIG } from '../settings.module.js';

/** Where a sealed value stands: it opens nowhere else. */
export type SealedColumn =
  | 'webhook_subscriptions.sealed_secret'
  | 'webhook_endpoints.sealed_data'
  | 'trigger_hooks.sealed_secrets';

/** Seals what this service keeps secret. */
@Injectable()
export class Vault extends SealingVault<SealedColumn> {
  constructor(@Inject(CONFIG) config: { PATCHBAY_ENCRYPTION_KEYS: KeyRing }) {
    super(config.PATCHBAY_ENCRYPTION_KEYS);
  }
}
