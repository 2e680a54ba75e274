import { Injectable } from '@nestjs/common';
import { AppError, listConnections, openCredential, type OpenedCredential } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

export interface AccountOfToolkit {
  projectId: string;
  slug: string;
  /** Where its credential is going to be sent. */
  address: string;
  /** The account to ask with; else the oldest one. */
  connectionId?: string | undefined;
}

/** The account with which a server is asked for its tools. */
@Injectable()
export class FirstAccount {
  constructor(private readonly bus: Bus) {}

  /**
   * @param rejected what the server did not take
   * @returns undefined when nobody has an account that can be used now
   * @throws AppError `connection_not_found` when there is no account of the id that is asked for
   */
  async open(
    { projectId, slug: toolkit, address, connectionId }: AccountOfToolkit,
    rejected?: OpenedCredential,
  ): Promise<OpenedCredential | undefined> {
    const { items } = await this.bus.request(listConnections, {
      projectId,
      toolkits: [toolkit],
      statuses: ['ACTIVE'],
      accountType: 'ALL',
      ...(connectionId && { ids: [connectionId] }),
      ascending: true,
      limit: 1,
    });
    const [account] = items;
    if (!account && connectionId) throw noAccount(connectionId);
    if (!account) return undefined;
    const request = {
      projectId,
      userId: account.userId,
      toolkit,
      address,
      toolSlug: toolkit,
      account: account.id,
      rules: {},
      rejected: rejected?.fingerprint,
    };
    return this.bus.request(openCredential, request).catch((error: unknown) => {
      if (error instanceof AppError && !error.retryable) return undefined;
      throw error;
    });
  }
}

export function noAccount(id: string): AppError {
  return new AppError('connection_not_found', `The toolkit has no account ${id} that can be used.`);
}
