import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../tokens.js';
import { decrypt, encrypt, type KeyRing } from './key-ring.js';

const VERSION = 'v1';

/** What a sealed value belongs to: sealed for one row, it opens for no other. */
export interface SealOwner {
  projectId: string;
  id: string;
}

/**
 * Seals secrets under a data key of their own, which the newest key of the ring seals in turn. Older
 * keys of the ring still open what they sealed. The text form is
 * `v1.<key id>.<sealed data key>.<sealed value>`, the last two in base64url.
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

  seal(owner: SealOwner, secret: unknown): string {
    const boundTo = bindingOf(owner);
    const [newest] = this.ring;
    const dataKey = randomBytes(32);
    const sealedKey = encrypt(newest.key, dataKey, boundTo);
    const sealed = encrypt(dataKey, Buffer.from(JSON.stringify(secret)), boundTo);
    return [VERSION, newest.id, sealedKey.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws Error when it was sealed for another owner, changed, or sealed by a key that left the ring */
  open(owner: SealOwner, text: string): unknown {
    const [version, keyId, sealedKey, sealed, ...rest] = text.split('.');
    if (version !== VERSION || !sealedKey || !sealed || rest.length > 0) {
      throw new Error('A sealed value is not in a form this version knows');
    }
    const master = this.ring.find(({ id }) => id === keyId);
    if (!master)
      throw new Error(`The key ${keyId} that sealed a value is no longer in PATCHBAY_ENCRYPTION_KEYS`);
    const boundTo = bindingOf(owner);
    const dataKey = decrypt(master.key, Buffer.from(sealedKey, 'base64url'), boundTo);
    return JSON.parse(decrypt(dataKey, Buffer.from(sealed, 'base64url'), boundTo).toString());
  }
}

function bindingOf({ projectId, id }: SealOwner): Buffer {
  return Buffer.from(`${projectId}\0${id}`);
}
