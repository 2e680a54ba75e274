import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CredentialKind, type LastingCredential } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The credential in few bytes, as the key stands in the address of a connection. */
const Sealed = z.tuple([CredentialKind, z.string(), z.string(), z.string()]);

/**
 * The application keys of the Pusher protocol. A key of ours holds, sealed, the credential that it was given out for, so
 * that whichever replica has the connection knows whose it is and when it ends. It opens no channel by itself: that takes
 * the signature, which is given out to the credential alone, and for one connection.
 */
@Injectable()
export class RealtimeKeys {
  private readonly sealing: Buffer;
  private readonly naming: Buffer;
  private readonly signing: Buffer;

  constructor(@Inject(CONFIG) { PATCHBAY_FILES_SECRET }: Pick<GatewayConfig, 'PATCHBAY_FILES_SECRET'>) {
    const derive = (what: string) =>
      Buffer.from(hkdfSync('sha256', PATCHBAY_FILES_SECRET, '', `patchbay realtime ${what}`, 32));
    this.sealing = derive('keys');
    this.naming = derive('nonces');
    this.signing = derive('signatures');
  }

  /** The same for the same credential, always: clients compare it. */
  keyFor({ kind, sha256, keyId, projectId }: LastingCredential): string {
    const sealed: z.output<typeof Sealed> = [kind, sha256, keyId, projectId];
    const text = JSON.stringify(sealed);
    // From the text itself, so no two texts share a nonce.
    const nonce = createHmac('sha256', this.naming).update(text).digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealing, nonce);
    const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString('base64url');
  }

  /** @returns undefined for a key that is not ours */
  credentialOf(key: string): LastingCredential | undefined {
    const bytes = Buffer.from(key, 'base64url');
    if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(CIPHER, this.sealing, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8');
      const [kind, sha256, keyId, projectId] = Sealed.parse(JSON.parse(text + decipher.final('utf8')));
      return { kind, sha256, keyId, projectId };
    } catch {
      return undefined;
    }
  }

  /** What lets one connection into one channel: `<key>:<signature>`. */
  authorize(key: string, socketId: string, channel: string): string {
    // A secret for each key, as the protocol has it.
    const secret = createHmac('sha256', this.signing).update(key).digest();
    return `${key}:${createHmac('sha256', secret).update(`${socketId}:${channel}`).digest('hex')}`;
  }

  isAuthorized(auth: string, key: string, socketId: string, channel: string): boolean {
    const given = Buffer.from(auth);
    const right = Buffer.from(this.authorize(key, socketId, channel));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
