import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  type beginOidcSignIn,
  type completeOidcSignIn,
  type InputOf,
  type OpenedConsoleSession,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { MoreThan } from 'typeorm';
import type { OidcSettings } from '../oidc.settings.js';
import { ConsoleSessionsService } from '../people/index.js';
import { CONFIG } from '../settings.module.js';
import { Vault } from '../vault/index.js';
import { OidcPeople } from './oidc-people.service.js';
import { OidcSignIn } from './oidc-sign-in.entity.js';
import { OidcProvider, type OidcSecrets } from './oidc.provider.js';

const LIFE_MS = 10 * 60_000;
const SEALED = 'oidc_sign_ins.sealed_secrets';

/** The way into the console by the operator's provider. */
@Injectable()
export class OidcSignInService {
  constructor(
    private readonly provider: OidcProvider,
    private readonly people: OidcPeople,
    private readonly sessions: ConsoleSessionsService,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<OidcSettings, 'PATCHBAY_OIDC_ISSUER'>,
  ) {}

  async begin({ browser }: InputOf<typeof beginOidcSignIn>): Promise<OutputOf<typeof beginOidcSignIn>> {
    const state = newSecretToken('pos_');
    const { url, secrets } = await this.provider.begin(state);
    const stateSha256 = hashToken(state);
    const row: OidcSignIn = {
      stateSha256,
      browserSha256: browser,
      sealedSecrets: this.vault.seal(SEALED, ownerOf(stateSha256), secrets),
      expiresAt: new Date(Date.now() + LIFE_MS),
    };
    await this.transactions.run((manager) => manager.insert(OidcSignIn, row));
    return { url };
  }

  async complete(input: InputOf<typeof completeOidcSignIn>): Promise<OpenedConsoleSession> {
    const { answer, browsers, ...browser } = input;
    const state = answer['state'] ?? '';
    const secrets = await this.take(state, browsers);
    const claims = await this.provider.complete(answer, state, secrets);
    const issuer = this.config.PATCHBAY_OIDC_ISSUER ?? '';
    // Roles that were taken away stay taken away, also when nothing is left to sign in for.
    const { personId, isLetIn } = await this.transactions.run((manager, emit) =>
      this.people.find(manager, emit, { issuer, claims }),
    );
    if (!isLetIn) throw notLetIn(this.provider.name);
    return this.transactions.run((manager, emit) =>
      this.sessions.open(manager, emit, { personId, signedInBy: 'oidc', browser }),
    );
  }

  /** Once, whatever comes of it, and for the browser in which it began alone: no page signs its visitor in as somebody else. */
  private async take(state: string, browsers: readonly string[]): Promise<OidcSecrets> {
    const stateSha256 = hashToken(state);
    const row = await this.transactions.run(async (manager) => {
      const where = { stateSha256, expiresAt: MoreThan(new Date()) };
      const found = await manager.findOne(OidcSignIn, { where, lock: { mode: 'pessimistic_write' } });
      if (found) await manager.delete(OidcSignIn, { stateSha256 });
      return found;
    });
    if (row && browsers.includes(row.browserSha256))
      return this.vault.open(SEALED, ownerOf(stateSha256), row.sealedSecrets) as OidcSecrets;
    throw new AppError(
      'link_not_usable',
      'This sign-in was used, took too long, or was begun in another browser.',
      { suggestion: 'Begin again.' },
    );
  }
}

function ownerOf(stateSha256: string) {
  return { projectId: '', id: stateSha256 };
}

function notLetIn(provider: string | null): AppError {
  return new AppError('forbidden', 'You have no role here.', {
    suggestion: `The groups that you are in at ${provider} give none: ask the operator of this installation.`,
  });
}
