import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  TransferKey as PublicKey,
  type FieldValues,
  type listTransferKeys,
  type OutputOf,
  type SealedValues,
} from '@patchbay/contracts';
import {
  calculateJwkThumbprint,
  compactDecrypt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { z } from 'zod';
import { Vault } from '../vault/index.js';
import { TransferKey } from './transfer-key.entity.js';

const ALG = 'RSA-OAEP-256';
const ENC = 'A256GCM';
const BITS = 3_072;
const DAY_MS = 24 * 3_600_000;
/** A new key takes its place after this time. */
const ACTIVE_MS = 90 * DAY_MS;
/** What was sealed to it is opened for as long again. */
const USABLE_MS = 2 * ACTIVE_MS;
const MAX_VALUE_CHARACTERS = 20_000;

const Header = z.object({ alg: z.literal(ALG), enc: z.literal(ENC), kid: z.string() });
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The installation's transfer keys: a developer seals a secret to the newest one, and what carries it on the way (a proxy, a
 * log of requests, an agent) cannot read it. Each is sealed in the vault and replaced after a while.
 */
@Injectable()
export class KeyringService {
  constructor(
    @InjectRepository(TransferKey) private readonly keys: Repository<TransferKey>,
    private readonly vault: Vault,
  ) {}

  async list(): Promise<OutputOf<typeof listTransferKeys>> {
    let rows = await this.usable(this.keys.manager);
    if (!isActive(rows[0])) {
      rows = await this.keys.manager.transaction(async (manager) => {
        await manager.query("SELECT pg_advisory_xact_lock(hashtext('patchbay auth transfer keys'))");
        // Another replica may have made it in the meantime.
        const known = await this.usable(manager);
        return isActive(known[0]) ? known : [await this.add(manager), ...known];
      });
    }
    const keys = rows.map(({ publicKey }) => publicKey);
    return { activeKid: keys[0]?.kid ?? '', keys };
  }

  /**
   * Opens what was sealed to one of the keys.
   * @throws AppError `invalid_request`, naming each value that cannot be opened, and never anything that is in one
   */
  async open(sealed: SealedValues): Promise<FieldValues> {
    const issues: string[] = [];
    const opened: FieldValues = {};
    const rows = new Map((await this.usable(this.keys.manager)).map((row) => [row.kid, row]));
    for (const [name, jwe] of Object.entries(sealed)) {
      const value = await this.openOne(jwe, rows);
      if ('issue' in value) issues.push(`sealed_credentials.${name}: ${value.issue}`);
      else opened[name] = value.text;
    }
    if (issues.length > 0) {
      throw new AppError('invalid_request', `Sealed credentials cannot be opened: ${issues.join('; ')}`, {
        issues,
        suggestion: 'Read GET /keyring/transfer_keys, and seal to the key whose kid is active_kid.',
      });
    }
    return opened;
  }

  private async openOne(
    jwe: string,
    rows: ReadonlyMap<string, TransferKey>,
  ): Promise<{ text: string } | { issue: string }> {
    const header = headerOf(jwe);
    if (!header) return { issue: `must be a compact JWE with alg ${ALG}, enc ${ENC} and a kid` };
    const row = rows.get(header.kid);
    if (!row) return { issue: 'was sealed to a key that is not, or no longer, one of the transfer keys' };
    const privateKey = await importJWK(this.vault.open(COLUMN, ownerOf(row.kid), row.sealedKey) as JWK, ALG);
    try {
      const { plaintext } = await compactDecrypt(jwe, privateKey, {
        keyManagementAlgorithms: [ALG],
        contentEncryptionAlgorithms: [ENC],
      });
      const text = utf8.decode(plaintext);
      return text.length > MAX_VALUE_CHARACTERS
        ? { issue: `must not have more than ${MAX_VALUE_CHARACTERS} characters in it` }
        : { text };
    } catch {
      // One answer for whatever was wrong: the difference is nobody's business who does not know what is in it.
      return { issue: 'cannot be opened with the key that it names, or is no text' };
    }
  }

  private async add(manager: EntityManager): Promise<TransferKey> {
    const pair = await generateKeyPair(ALG, { modulusLength: BITS, extractable: true });
    const { kty, n, e } = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(pair.publicKey);
    const createdAt = new Date();
    const row = manager.create(TransferKey, {
      kid,
      publicKey: PublicKey.parse({ kty, n, e, alg: ALG, use: 'enc', kid }),
      sealedKey: this.vault.seal(COLUMN, ownerOf(kid), await exportJWK(pair.privateKey)),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + USABLE_MS),
    });
    await manager.insert(TransferKey, row);
    return row;
  }

  private usable(manager: EntityManager): Promise<TransferKey[]> {
    return manager.find(TransferKey, {
      where: { expiresAt: MoreThan(new Date()) },
      order: { createdAt: 'DESC' },
    });
  }
}

const COLUMN = 'transfer_keys.sealed_key';

/** They belong to no project. */
function ownerOf(kid: string): { projectId: string; id: string } {
  return { projectId: '', id: kid };
}

function isActive(row: TransferKey | undefined): boolean {
  return row !== undefined && Date.now() - row.createdAt.getTime() < ACTIVE_MS;
}

function headerOf(jwe: string): z.infer<typeof Header> | undefined {
  try {
    return Header.safeParse(decodeProtectedHeader(jwe)).data;
  } catch {
    return undefined;
  }
}
