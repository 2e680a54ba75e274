import type { SealedPlace } from '@patchbay/vault';
import type { SealedColumn } from './vault.service.js';

/** Where sealed values lie, and how to find whose they are. */
export const SEALED_PLACES: readonly SealedPlace<SealedColumn>[] = [
  {
    column: 'webhook_subscriptions.sealed_secret',
    key: 'id',
    owner: 'webhook_subscriptions owner ON owner.id = place.id',
  },
];
