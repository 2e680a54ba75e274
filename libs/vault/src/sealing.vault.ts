import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, type KeyRing } from './key-ring.js';

const VERSION = 'v2';
/** Values of before are bound to their row alone; the re-seal command moves them. */
const WITHOUT_COLUMN = 'v1';

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
export class SealingVault<Column extends string> {
  /**
   * @param ring the operator's keys, newest first
   * @param boundAs for renamed columns, the name that values were bound to before: both releases of a rolling upgrade
   *   open them
   */
  constructor(
    private readonly ring: KeyRing,
    private readonly boundAs: Partial<Record<Column, string>> = {},
  ) {}

  /** What everything begins with that the newest key sealed. */
  get newestPrefix(): string {
    return `${VERSION}.${this.ring[0].id}.`;
  }

  /** Whether what the key of this name sealed can be opened. */
  holds(keyId: string): boolean {
    return this.ring.some(({ id }) => id === keyId);
  }

  /** @param column `table.column` where the value will stand: it opens nowhere else */
  seal(column: Column, owner: SealOwner, secret: unknown): string {
    const boundTo = this.bindingOf(owner, column);
    const [newest] = this.ring;
    const dataKey = randomBytes(32);
    const sealedKey = encrypt(newest.key, dataKey, boundTo);
    const sealed = encrypt(dataKey, Buffer.from(JSON.stringify(secret)), boundTo);
    return [VERSION, newest.id, sealedKey.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws Error when it was sealed for another row or column, changed, or sealed by a key that left the ring */
  open(column: Column, owner: SealOwner, text: string): unknown {
    const [version, keyId, sealedKey, sealed, ...rest] = text.split('.');
    if ((version !== VERSION && version !== WITHOUT_COLUMN) || !sealedKey || !sealed || rest.length > 0) {
      throw new Error('A sealed value is not in a form this version knows');
    }
    const master = this.ring.find(({ id }) => id === keyId);
    if (!master)
      throw new Error(`The key ${keyId} that sealed a value is no longer in PATCHBAY_ENCRYPTION_KEYS`);
    const boundTo = this.bindingOf(owner, version === VERSION ? column : undefined);
    const dataKey = decrypt(master.key, Buffer.from(sealedKey, 'base64url'), boundTo);
    return JSON.parse(decrypt(dataKey, Buffer.from(sealed, 'base64url'), boundTo).toString());
  }

  private bindingOf({ projectId, id }: SealOwner, column: Column | undefined): Buffer {
    const names = [projectId, id, ...(column ? [this.boundAs[column] ?? column] : [])];
    return Buffer.from(names.join('\0'));
  }
}
