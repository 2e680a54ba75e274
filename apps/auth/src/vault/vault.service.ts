import { Inject, Injectable } from '@nestjs/common';
import { SealingVault, type KeyRing } from '@patchbay/vault';
import { CONFIG } from '../settings.module.js';

/** Where a sealed value stands: it opens nowhere else. */
export type SealedColumn =
  | 'connected_accounts.sealed_credential'
  | 'auth_configs.sealed_credentials'
  | 'connect_links.sealed_values'
  | 'sign_ins.sealed_secrets'
  | 'unverified_sign_ins.sealed_secrets'
  | 'transfer_keys.sealed_key'
  | 'project_toolkits.sealed_headers'
  | 'refreshes.sealed_response'
  | 'oidc_sign_ins.sealed_secrets'
  /** In no table: a registered MCP client brings it along. */
  | 'mcp_clients.client_id';

/** Renamed columns keep the name that values were bound to before: both releases of a rolling upgrade open them. */
const BOUND_AS: Partial<Record<SealedColumn, string>> = {
  'refreshes.sealed_response': 'renewals.sealed_response',
};

/** Seals what this service keeps secret. */
@Injectable()
export class Vault extends SealingVault<SealedColumn> {
  constructor(@Inject(CONFIG) config: { PATCHBAY_ENCRYPTION_KEYS: KeyRing }) {
    super(config.PATCHBAY_ENCRYPTION_KEYS, BOUND_AS);
  }
}
