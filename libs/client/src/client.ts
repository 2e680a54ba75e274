import { Accounts } from './accounts.js';
import { credentialHeaders, type Credential } from './credentials.js';
import type { Answer, Given, Item, OperationId, PagedOperation } from './operations.js';
import { Sessions } from './sessions.js';
import { Transport, type Sent } from './transport.js';

export type PatchbayOptions = Credential & {
  /** Where the platform is, such as `https://patchbay.example.com`. */
  baseUrl: string | URL;
  /** Of each request, with all its attempts; two minutes unless it is said. */
  timeoutMs?: number;
  /** How often a request that may be repeated is sent again; twice unless it is said. */
  retries?: number;
  /** Used instead of the global one, to watch or route what is sent. */
  fetch?: typeof globalThis.fetch;
};

/**
 * A client of one Patchbay. `sessions` and `accounts` are what an application mostly needs; `request` sends any operation of
 * the API document by its name.
 *
 * Only what is safe to repeat is repeated when it fails: reads, deletions, and what has an `idempotencyKey`.
 */
export class Patchbay {
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  // Not to be seen where a client is printed: it holds the key.
  readonly #transport: Transport;

  constructor({ baseUrl, timeoutMs, retries, fetch, ...credential }: PatchbayOptions) {
    const headers = credentialHeaders(credential);
    this.#transport = new Transport({ baseUrl, timeoutMs, retries, fetch, headers });
    this.sessions = new Sessions(this, headers);
    this.accounts = new Accounts(this);
  }

  /**
   * Sends an operation and gives the JSON that it answers.
   * @throws ApiError when the platform refuses it or fails
   * @throws ConnectionError when there is no answer
   * @throws TimeoutError when there is none in time
   */
  async request<Id extends OperationId>(operation: Id, ...[given]: Given<Id>): Promise<Answer<Id>> {
    return (await this.#transport.json(operation, (given ?? {}) as Sent)) as Answer<Id>;
  }

  /**
   * Sends an operation whose answer is no JSON, such as an export or a live stream, and gives the answer as it begins. Its
   * body is read without a time limit: give a `signal`.
   * @throws as `request` does
   */
  async open<Id extends OperationId>(operation: Id, ...[given]: Given<Id>): Promise<Response> {
    return this.#transport.response(operation, (given ?? {}) as Sent);
  }

  /**
   * The items of all pages of a list, fetched as they are read.
   * @throws as `request` does
   */
  async *items<Id extends PagedOperation>(operation: Id, ...[given]: Given<Id>): AsyncGenerator<Item<Id>> {
    const sent = (given ?? {}) as Sent;
    let cursor = sent.query?.['cursor'];
    do {
      const page = (await this.#transport.json(operation, {
        ...sent,
        query: { ...sent.query, cursor },
      })) as { items: Item<Id>[]; next_cursor?: string | null };
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor);
  }
}
