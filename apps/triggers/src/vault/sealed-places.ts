import type { SealedPlace } from '@patchbay/vault';
import type { SealedColumn } from './vault.service.js';

/** Where sealed values lie, and how to find whose they are. */
export const SEALED_PLACES: readonly SealedPlace<SealedColumn>[] = [
  {
    column: 'webhook_subscriptions.sealed_secret',
    key: 'id',
    owner: 'webhook_subscriptions owner ON owner.id = place.id',
  },
  {
    column: 'webhook_endpoints.sealed_data',
    key: 'id',
    owner: 'webhook_endpoints owner ON owner.id = place.id',
  },
  {
    column: 'trigger_hooks.sealed_secrets',
    key: 'id',
    owner: 'trigger_hooks owner ON owner.id = place.id',
  },
];
