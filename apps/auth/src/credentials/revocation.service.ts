import { Inject, Injectable } from '@nestjs/common';
import { AppError, type RevokedToken } from '@patchbay/contracts';
import { LOGGER, type Logger } from '@patchbay/service';
import { hasCodeGrant } from '@patchbay/toolkits';
import type { z } from 'zod';
import { AuthConfigStore, type Connection, CredentialVault } from '../accounts/index.js';
import {
  asAppError,
  fillAddress,
  orAppError,
  ProviderRefusal,
  TokenEndpoint,
  tokenServerOf,
} from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';

type Revoked = z.infer<typeof RevokedToken>;

/** Ends tokens where they were given, and not only in our table. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly tokens: TokenEndpoint,
    private readonly toolkits: ToolkitRegistry,
    private readonly vault: CredentialVault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether the account's provider has a way to; not when the toolkit is gone. */
  canRevoke(row: Connection): boolean {
    try {
      const spec = this.toolkits.specFor(row);
      return hasCodeGrant(spec) && Boolean(spec.revocationUrl);
    } catch {
      return false;
    }
  }

  /** @throws AppError `invalid_request` when the toolkit has no way to revoke; `unavailable` when it did not work */
  async revoke(row: Connection): Promise<Revoked[]> {
    const spec = this.toolkits.specFor(row);
    const credential = this.vault.open(row);
    const canRevoke = hasCodeGrant(spec) && spec.revocationUrl;
    if (!canRevoke || credential?.kind !== 'tokens') {
      throw new AppError(
        'invalid_request',
        `${row.toolkit} cannot revoke ${spec.scheme} accounts; delete it instead.`,
      );
    }
    const app = credential.client ?? this.authConfigs.appOf(row.authConfig);
    if (!app) throw new AppError('no_auth_config', 'The OAuth app of this account is no longer set up.');
    const { name } = this.toolkits.get(row);
    const target = tokenServerOf(row.toolkit, spec, credential.values);
    const revocationUrl = fillAddress(canRevoke, credential.values);
    const { refreshToken, accessToken } = credential;
    const revoked: Revoked[] = [];
    // The refresh token first: with many providers it takes its access tokens along.
    if (refreshToken) {
      await orAppError(name, () => this.tokens.revoke(target, app, revocationUrl, refreshToken));
      revoked.push('refresh_token');
    }
    try {
      await this.tokens.revoke(target, app, revocationUrl, accessToken);
      revoked.push('access_token');
    } catch (error) {
      // RFC 7009, section 2.2.1: some revoke refresh tokens only, and the access tokens expire by themselves.
      const isPart = error instanceof ProviderRefusal && error.code === 'unsupported_token_type';
      if (!isPart || revoked.length === 0) throw asAppError(name, error);
    }
    return revoked;
  }

  /** For a deletion, which does not fail when the revocation does. */
  async tryRevoke(row: Connection): Promise<void> {
    try {
      await this.revoke(row);
    } catch (error) {
      this.logger.warn(
        { reason: (error as Error).message, connectionId: row.id },
        'deleted without being revoked',
      );
    }
  }
}
