import { Injectable } from '@nestjs/common';
import type { Connection } from '../connections/connection.entity.js';
import { Credential, expiryOf } from '../schemes/credential.js';
import { Vault } from './vault.service.js';

type SealedRow = Pick<Connection, 'projectId' | 'id' | 'sealedCredential'>;

/** Connections' credentials in and out of their sealed form. */
@Injectable()
export class CredentialVault {
  constructor(private readonly vault: Vault) {}

  open(row: SealedRow): Credential | undefined {
    if (!row.sealedCredential) return undefined;
    return Credential.parse(this.vault.open(row, row.sealedCredential));
  }

  /** The columns that hold a credential. */
  seal(
    row: Pick<SealedRow, 'projectId' | 'id'>,
    credential: Credential,
    canRenew: boolean,
  ): Pick<Connection, 'sealedCredential' | 'renewAt'> {
    return {
      sealedCredential: this.vault.seal(row, credential),
      renewAt: canRenew ? expiryOf(credential) : null,
    };
  }
}
