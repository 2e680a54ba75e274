import { Injectable } from '@nestjs/common';
import { Credential, partOf, partsOf, refreshTimeOf, type TokenPart } from '../schemes/index.js';
import { Vault } from '../vault/index.js';
import type { Connection } from './connection.entity.js';

type SealedRow = Pick<Connection, 'projectId' | 'id' | 'sealedCredential'>;

/** Refreshed in the background this long before its end: no call then has to wait for it. */
const SWEEP_AHEAD_MS = 5 * 60_000;

/** Connections' credentials in and out of their sealed form. */
@Injectable()
export class CredentialVault {
  constructor(private readonly vault: Vault) {}

  open(row: SealedRow): Credential | undefined {
    if (!row.sealedCredential) return undefined;
    return Credential.parse(
      this.vault.open('connected_accounts.sealed_credential', row, row.sealedCredential),
    );
  }

  /**
   * The columns that hold a credential.
   * @param boundTo the origins that it was given for, as they were when it was
   */
  seal(
    row: Pick<SealedRow, 'projectId' | 'id'>,
    credential: Credential,
    { canRefresh, boundTo }: { canRefresh: boolean; boundTo: readonly string[] | null },
  ): Pick<Connection, 'sealedCredential' | 'refreshAt' | 'boundTo'> {
    return {
      sealedCredential: this.vault.seal('connected_accounts.sealed_credential', row, credential),
      boundTo,
      refreshAt: canRefresh
        ? earliest(partsOf(credential).map((part) => sweepTimeOf(credential, part)))
        : null,
    };
  }
}

/** When the sweep refreshes one of its tokens; null when that does not end, or not before its account does. */
export function sweepTimeOf(credential: Credential, part: TokenPart): Date | null {
  const alone = partOf(credential, part);
  const isOneOfTwo = partsOf(credential).length > 1;
  if (isOneOfTwo && alone.kind === 'tokens' && !alone.refreshToken) return null;
  return refreshTimeOf(alone, SWEEP_AHEAD_MS);
}

function earliest(times: (Date | null)[]): Date | null {
  const known = times.flatMap((time) => time?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
