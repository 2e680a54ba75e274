import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { DataSource, MoreThan } from 'typeorm';
import { z } from 'zod';
import { type ConnectLink, INITIATION_LIMIT_MS } from '../accounts/index.js';
import { Vault } from '../vault/index.js';
import { LinkCompletion } from './link.completion.js';
import { UnverifiedSignIn } from './unverified-sign-in.entity.js';

/** A sign-in on its way back: what it remembers of its beginning, and what the provider sent the browser back with. */
export interface AnsweredSignIn {
  link: ConnectLink;
  redirectUri: string;
  remembered: Record<string, unknown>;
  query: Record<string, string>;
}

const Sealed = z.object({
  remembered: z.record(z.string(), z.unknown()),
  query: z.record(z.string(), z.string()),
});

/**
 * Keeps sign-ins until the developer's app has said whose they are. The provider's code is kept and not exchanged: nobody
 * holds a token of a person who turns out to be another user's victim.
 */
@Injectable()
export class UnverifiedSignIns {
  constructor(
    private readonly completion: LinkCompletion,
    private readonly dataSource: DataSource,
    private readonly vault: Vault,
  ) {}

  /** @returns the verifier's address with the name that this sign-in is completed by, once */
  async keep({ link, redirectUri, ...rest }: AnsweredSignIn, verifierUrl: string): Promise<string> {
    const sessionUri = newSecretToken('session_');
    await this.dataSource.getRepository(UnverifiedSignIn).insert({
      sessionSha256: hashToken(sessionUri),
      linkTokenSha256: link.tokenSha256,
      sealedSecrets: this.vault.seal('unverified_sign_ins.sealed_secrets', link.connection, rest),
      redirectUri,
      expiresAt: new Date(Date.now() + INITIATION_LIMIT_MS),
    });
    const url = new URL(verifierUrl);
    url.searchParams.set('session_uri', sessionUri);
    return url.href;
  }

  /** Valid once, whatever comes of it: the request that deletes the row takes it. */
  async take(projectId: string, sessionUri: string): Promise<AnsweredSignIn> {
    return this.dataSource.transaction(async (manager) => {
      const sessionSha256 = hashToken(sessionUri);
      const row = await manager.findOne(UnverifiedSignIn, {
        where: { sessionSha256, expiresAt: MoreThan(new Date()), link: { projectId } },
        relations: { link: { connection: { authConfig: true } } },
      });
      const taken = row && (await manager.delete(UnverifiedSignIn, { sessionSha256 }));
      if (!row || !taken?.affected || !this.completion.isUsable(row.link)) {
        throw new AppError(
          'link_not_usable',
          'There is no sign-in by this session_uri that could be completed.',
          {
            suggestion: 'It is good once, and for a short time: send the user a new link.',
          },
        );
      }
      const { link, redirectUri, sealedSecrets } = row;
      const sealed = this.vault.open('unverified_sign_ins.sealed_secrets', link.connection, sealedSecrets);
      return { link, redirectUri, ...Sealed.parse(sealed) };
    });
  }
}
