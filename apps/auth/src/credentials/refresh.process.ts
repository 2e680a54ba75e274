import { setTimeout as delay } from 'node:timers/promises';
import { dataSourceOptions, serviceLimits } from '@patchbay/database';
import { OutboundClient } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { SCHEMA } from '../schema.js';
import { Vault } from '../vault/index.js';
import {
  RefreshJob,
  type RefreshResult,
  RefreshSettings,
  EXCHANGE_LIMIT_MS,
  type TokenAnswer,
} from './refresh.messages.js';

/** Writes are retried for ten seconds: longer than a database takes to start. */
const WRITE_ATTEMPTS = 20;
const WRITE_PAUSE_MS = 500;

/** Sends refresh tokens to providers, and writes their answers into the table `refreshes`. */
class RefreshProcess {
  private readonly vault: Vault;
  private readonly http: OutboundClient;
  private readonly dataSource: DataSource;
  private readonly maxBytes: number;
  private connecting: Promise<unknown> | undefined;
  private running = 0;

  constructor(settings: ReturnType<typeof RefreshSettings.parse>) {
    this.maxBytes = settings.maxAnswerBytes;
    this.vault = new Vault(settings);
    this.http = new OutboundClient(settings.PATCHBAY_ALLOWED_PRIVATE_HOSTS);
    this.dataSource = new DataSource(
      dataSourceOptions(
        settings.DATABASE_URL,
        { schema: SCHEMA, entities: [], migrations: [] },
        serviceLimits,
      ),
    );
  }

  async run(job: RefreshJob): Promise<void> {
    this.running += 1;
    try {
      const result = await this.exchange(job);
      // Without a parent the row is enough: the next refresh of the account reads it.
      if (process.connected) process.send?.(result, undefined, {}, () => undefined);
    } finally {
      this.running -= 1;
      if (!process.connected) this.endWhenIdle();
    }
  }

  endWhenIdle(): void {
    if (this.running > 0) return;
    const { dataSource, http } = this;
    const closed = [dataSource.isInitialized ? dataSource.destroy() : Promise.resolve(), http.close()];
    void Promise.allSettled(closed).then(() => process.exit(0));
  }

  private async exchange({ job, projectId, connectionId, toolkit, askedAt, request }: RefreshJob) {
    let claimedAt: Date | undefined;
    try {
      claimedAt = await this.claim(connectionId, askedAt);
    } catch {
      return { job, failure: 'The database cannot be reached.' } satisfies RefreshResult;
    }
    if (!claimedAt) return { job, failure: 'Another refresh has taken over.' } satisfies RefreshResult;
    const answer = await this.ask(toolkit, request);
    // A refusal changed nothing at the provider: the token may be sent again. Some refuse with status 200.
    const isKept = typeof answer !== 'string' && answer.status < 300;
    const sealed = isKept
      ? this.vault.seal('refreshes.sealed_response', { projectId, id: connectionId }, answer)
      : null;
    await this.store(connectionId, claimedAt, sealed);
    return (typeof answer === 'string' ? { job, failure: answer } : { job, answer }) satisfies RefreshResult;
  }

  /** From here the provider has all its time again. Nothing when this job was overtaken by another one while it waited. */
  private async claim(connectionId: string, askedAt: Date): Promise<Date | undefined> {
    const [rows] = await this.query<[{ asked_at: Date }[], number]>(
      'UPDATE refreshes SET asked_at = now() WHERE connection_id = $1 AND asked_at = $2 RETURNING asked_at',
      [connectionId, askedAt],
    );
    return rows[0]?.asked_at;
  }

  private async ask(
    toolkit: string,
    { url, method, headers, body }: RefreshJob['request'],
  ): Promise<TokenAnswer | string> {
    try {
      const limits = { timeoutMs: EXCHANGE_LIMIT_MS, maxBytes: this.maxBytes };
      const fetch = this.http.fetchFor({ for: 'toolkit', toolkit }, limits);
      const response = await fetch(url, { method, headers, body });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: await response.text(),
      };
    } catch (error) {
      return error instanceof Error ? error.message : 'The request to the provider failed.';
    }
  }

  /** Retries, as a lost answer cannot be had again. */
  private async store(connectionId: string, claimedAt: Date, sealed: string | null): Promise<void> {
    const own = 'WHERE connection_id = $1 AND asked_at = $2';
    const sql = sealed ? `UPDATE refreshes SET sealed_response = $3 ${own}` : `DELETE FROM refreshes ${own}`;
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
      try {
        await this.query(sql, [connectionId, claimedAt, ...(sealed ? [sealed] : [])]);
        return;
      } catch {
        await delay(WRITE_PAUSE_MS);
      }
    }
  }

  private async query<T>(sql: string, values: unknown[]): Promise<T> {
    this.connecting ??= this.dataSource.initialize().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    await this.connecting;
    return this.dataSource.query<T>(sql, values);
  }
}

let refreshProcess: RefreshProcess | undefined;
process.on('message', (message) => {
  if (refreshProcess) void refreshProcess.run(RefreshJob.parse(message));
  else refreshProcess = new RefreshProcess(RefreshSettings.parse(message));
});
process.on('disconnect', () => (refreshProcess ? refreshProcess.endWhenIdle() : process.exit(0)));
// Ctrl-C in a terminal reaches the whole group; the service ends this process by disconnecting.
process.on('SIGINT', () => undefined);
