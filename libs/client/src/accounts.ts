import type { Patchbay } from './client.js';
import { PatchbayError } from './errors.js';
import type { Answer, BodyOf, Item, QueryOf, RequestOptions } from './operations.js';

const SIGN_IN_LIMIT_MS = 300_000;
const ASK_EVERY_MS = 1_000;
const STILL_SIGNING_IN = ['INITIALIZING', 'INITIATED'];

/** Users' sign-ins at toolkits. */
export class Accounts {
  readonly #patchbay: Patchbay;

  constructor(patchbay: Patchbay) {
    this.#patchbay = patchbay;
  }

  /** Accounts of the project: of some users, toolkits or states, when the query says so. */
  list(
    query: QueryOf<'listConnectedAccounts'> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Item<'listConnectedAccounts'>> {
    return this.#patchbay.items('listConnectedAccounts', { query, ...options });
  }

  async get(id: string, options: RequestOptions = {}): Promise<Answer<'getConnectedAccount'>> {
    return this.#patchbay.request('getConnectedAccount', { path: { id }, ...options });
  }

  /** A link under which a user connects an account by an auth config: send them to its `redirect_url`. */
  async link(
    body: BodyOf<'createConnectLink'>,
    options: RequestOptions = {},
  ): Promise<Answer<'createConnectLink'>> {
    return this.#patchbay.request('createConnectLink', { body, ...options });
  }

  /**
   * Waits while the user signs in.
   * @param options `timeoutMs` is how long they may take, five minutes unless it is said
   * @throws PatchbayError when they did not in time, or the sign-in failed
   */
  async untilActive(id: string, options: RequestOptions = {}): Promise<Answer<'getConnectedAccount'>> {
    const { timeoutMs = SIGN_IN_LIMIT_MS, ...rest } = options;
    const until = Date.now() + timeoutMs;
    for (;;) {
      const account = await this.get(id, rest);
      if (account.status === 'ACTIVE') return account;
      if (!STILL_SIGNING_IN.includes(account.status))
        throw new PatchbayError(
          `The account ${id} is ${account.status}${account.status_reason ? `: ${account.status_reason}` : ''}`,
        );
      if (Date.now() + ASK_EVERY_MS > until)
        throw new PatchbayError(`The account ${id} was not connected in time: it is ${account.status}`);
      await pause(ASK_EVERY_MS, options.signal);
    }
  }

  /** Lets calls use the account, or not. */
  async setEnabled(id: string, enabled: boolean, options: RequestOptions = {}): Promise<void> {
    await this.#patchbay.request('setConnectedAccountStatus', {
      path: { id },
      body: { enabled },
      ...options,
    });
  }

  /** Revokes what the provider lets it revoke. */
  async revoke(id: string, options: RequestOptions = {}): Promise<Answer<'revokeConnectedAccount'>> {
    return this.#patchbay.request('revokeConnectedAccount', { path: { id }, ...options });
  }

  async delete(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#patchbay.request('deleteConnectedAccount', { path: { id }, ...options });
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
}
