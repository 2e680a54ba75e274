import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../settings.module.js';
import { decrypt, encrypt, type KeyRing } from './key-ring.js';

const VERSION = 'v2';
/** Values of before are bound to their row alone; the re-seal command moves them. */
const WITHOUT_COLUMN = 'v1';

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
  /** In no table: a registered MCP client brings it along. */
  | 'mcp_clients.client_id';

/** Renamed columns keep the name that values were bound to before: both releases of a rolling upgrade open them. */
const BOUND_AS: Partial<Record<SealedColumn, string>> = {
  'refreshes.sealed_response': 'renewals.sealed_response',
};

/** What a sealed value belongs to: sealed for one row, it opens for no other. */
export interface SealOwner {
  projectId: string;
  id: string;
}

/**
 * Seals secrets under a data key of their own, which the newest key of the ring seals in turn. Older
 * keys of the ring still open what they sealed. Project, row and column are bound in as additional data. The text form is
 * `v2.<key id>.<sealed data key>.<sealed value>`, the last two in base64url.
 */
@Injectable()
export class Vault {
  private readonly ring: KeyRing;

  constructor(@Inject(CONFIG) config: { PATCHBAY_ENCRYPTION_KEYS: KeyRing }) {
    this.ring = config.PATCHBAY_ENCRYPTION_KEYS;
  }

  /** What everything begins with that the newest key sealed. */
  get newestPrefix(): string {
    return `${VERSION}.${this.ring[0].id}.`;
  }

  seal(column: SealedColumn, owner: SealOwner, secret: unknown): string {
    const boundTo = bindingOf(owner, column);
    const [newest] = this.ring;
    const dataKey = randomBytes(32);
    const sealedKey = encrypt(newest.key, dataKey, boundTo);
    const sealed = encrypt(dataKey, Buffer.from(JSON.stringify(secret)), boundTo);
    return [VERSION, newest.id, sealedKey.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws Error when it was sealed for another row or column, changed, or sealed by a key that left the ring */
  open(column: SealedColumn, owner: SealOwner, text: string): unknown {
    const [version, keyId, sealedKey, sealed, ...rest] = text.split('.');
    if ((version !== VERSION && version !== WITHOUT_COLUMN) || !sealedKey || !sealed || rest.length > 0) {
      throw new Error('A sealed value is not in a form this version knows');
    }
    const master = this.ring.find(({ id }) => id === keyId);
    if (!master)
      throw new Error(`The key ${keyId} that sealed a value is no longer in PATCHBAY_ENCRYPTION_KEYS`);
    const boundTo = bindingOf(owner, version === VERSION ? column : undefined);
    const dataKey = decrypt(master.key, Buffer.from(sealedKey, 'base64url'), boundTo);
    return JSON.parse(decrypt(dataKey, Buffer.from(sealed, 'base64url'), boundTo).toString());
  }
}

function bindingOf({ projectId, id }: SealOwner, column: SealedColumn | undefined): Buffer {
  return Buffer.from([projectId, id, ...(column ? [BOUND_AS[column] ?? column] : [])].join('\0'));
}
