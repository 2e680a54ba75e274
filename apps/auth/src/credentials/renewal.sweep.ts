import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { inBackground, LOGGER, type Logger } from '@patchbay/service';
import { fingerprintOf } from '../schemes/credential.js';
import { CredentialVault } from '../vault/credential.vault.js';
import { RenewalService } from './renewal.service.js';

const SWEEP_MS = 20_000;
const BATCH = 50;
const AT_ONCE = 5;

/** Renews what is about to expire before anybody needs it. */
@Injectable()
export class RenewalSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly renewal: RenewalService,
    private readonly vault: CredentialVault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= inBackground(SWEEP_MS, () => this.sweep()).finally(() => {
        this.sweeping = undefined;
      });
    }, SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    try {
      const due = await this.renewal.dueNow(BATCH);
      for (let start = 0; start < due.length; start += AT_ONCE) {
        await Promise.all(due.slice(start, start + AT_ONCE).map((row) => this.renew(row)));
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the sweep for expiring credentials failed; it comes again');
    }
  }

  /** One that cannot be renewed is reported by the renewal itself, and must not keep the others waiting. */
  private async renew(row: Parameters<CredentialVault['open']>[0]): Promise<void> {
    const credential = this.vault.open(row);
    if (!credential) return;
    await this.renewal.renew(row.id, fingerprintOf(credential)).catch(() => undefined);
  }
}
