import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { CredentialVault, sweepTimeOf } from '../accounts/index.js';
import { fingerprintOf, partOf, partsOf } from '../schemes/index.js';
import { RefreshService } from './refresh.service.js';

const EVERY_MS = 20_000;
const BATCH = 50;
const AT_ONCE = 5;

/** Refreshes what is about to expire before a call needs it. */
@Injectable()
export class RefreshSweep extends Sweep {
  constructor(
    private readonly refreshes: RefreshService,
    private readonly vault: CredentialVault,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for expiring credentials', EVERY_MS);
  }

  protected async round(): Promise<void> {
    const due = await this.refreshes.dueNow(BATCH);
    for (let start = 0; start < due.length; start += AT_ONCE) {
      await Promise.all(due.slice(start, start + AT_ONCE).map((row) => this.refreshAccount(row)));
    }
  }

  /** One that cannot be refreshed is reported by the refresh service, and must not keep the others waiting. */
  private async refreshAccount(row: Parameters<CredentialVault['open']>[0]): Promise<void> {
    const credential = this.vault.open(row);
    if (!credential) return;
    for (const part of partsOf(credential)) {
      const due = sweepTimeOf(credential, part);
      if (!due || due.getTime() > Date.now()) continue;
      await this.refreshes
        .refresh(row.id, fingerprintOf(partOf(credential, part)), part)
        .catch(() => undefined);
    }
  }
}
