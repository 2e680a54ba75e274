import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError, type InputOf, type openCredential, type OpenedCredential } from '@patchbay/contracts';
import { EventCache, NatsClient } from '@patchbay/service';
import { In, type Repository } from 'typeorm';
import { Connection } from '../connections/connection.entity.js';
import { bearerHeaders, Credential } from '../oauth/credential.js';
import { Vault } from '../vault/vault.service.js';
import { chooseAccount, type Candidate } from './choose-account.js';

/** Who uses which toolkit: what a remembered list of accounts is for. */
interface AccountsKey {
  projectId: string;
  userId: string;
  toolkit: string;
}
/** Sealed as it lies in the table: nothing opened is ever remembered. */
type SealedAccount = Candidate & { sealedCredential: string | null };

const CACHE = { max: 20_000, ttlMs: 30_000 };

@Injectable()
export class CredentialsService {
  private readonly accounts: EventCache<SealedAccount[]>;

  constructor(
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly vault: Vault,
    nats: NatsClient,
  ) {
    this.accounts = new EventCache(nats, {
      ...CACHE,
      load: (key) => this.load(JSON.parse(key) as AccountsKey),
    });
  }

  async open(input: InputOf<typeof openCredential>): Promise<OpenedCredential> {
    const { projectId, userId, toolkit, rules } = input;
    const account = await this.choose(cacheKey({ projectId, userId, toolkit }), (accounts) =>
      chooseAccount(toolkit, accounts, rules, input.account),
    );
    const owner = { projectId, connectionId: account.id };
    const credential = Credential.parse(this.vault.open(owner, account.sealedCredential ?? ''));
    return { connectionId: account.id, headers: bearerHeaders(credential), query: {} };
  }

  /** A refusal never rests on memory: the account may have been connected a moment ago, through another replica. */
  private async choose(
    key: string,
    choose: (accounts: SealedAccount[]) => SealedAccount,
  ): Promise<SealedAccount> {
    try {
      return choose(await this.accounts.get(key));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      this.accounts.drop(key);
      return choose(await this.accounts.get(key));
    }
  }

  forget(key: AccountsKey): void {
    this.accounts.drop(cacheKey(key));
  }

  private load({ projectId, userId, toolkit }: AccountsKey): Promise<SealedAccount[]> {
    return this.connections.find({
      // A sign-in that was never finished is nothing a call could name.
      where: { projectId, userId, toolkit, status: In(['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED']) },
    });
  }
}

function cacheKey({ projectId, userId, toolkit }: AccountsKey): string {
  return JSON.stringify({ projectId, userId, toolkit });
}
