import { setTimeout as delay } from 'node:timers/promises';
import { dataSourceOptions, serviceLimits } from '@patchbay/database';
import { OutboundClient } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { SCHEMA } from '../schema.js';
import { Vault } from '../vault/index.js';
import {
  CourierJob,
  type CourierReport,
  CourierSettings,
  EXCHANGE_LIMIT_MS,
  type TokenAnswer,
} from './courier.messages.js';

/** What must be written down is tried again for ten seconds: longer than a database takes to start. */
const WRITE_ATTEMPTS = 20;
const WRITE_PAUSE_MS = 500;

/** Carries refresh tokens to providers, and puts what they answer into the table `renewals`. */
class Courier {
  private readonly vault: Vault;
  private readonly http: OutboundClient;
  private readonly dataSource: DataSource;
  private readonly maxBytes: number;
  private connecting: Promise<unknown> | undefined;
  private atWork = 0;

  constructor(settings: ReturnType<typeof CourierSettings.parse>) {
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

  async carry(job: CourierJob): Promise<void> {
    this.atWork += 1;
    try {
      const report = await this.exchange(job);
      // Without a parent there is nobody to tell; whoever asks next finds the row.
      if (process.connected) process.send?.(report, undefined, {}, () => undefined);
    } finally {
      this.atWork -= 1;
      if (!process.connected) this.endWhenIdle();
    }
  }

  endWhenIdle(): void {
    if (this.atWork > 0) return;
    const { dataSource, http } = this;
    const closed = [dataSource.isInitialized ? dataSource.destroy() : Promise.resolve(), http.close()];
    void Promise.allSettled(closed).then(() => process.exit(0));
  }

  private async exchange({ job, projectId, connectionId, toolkit, staleFingerprint, request }: CourierJob) {
    try {
      await this.query(
        `INSERT INTO renewals (connection_id, stale_fingerprint) VALUES ($1, $2)
         ON CONFLICT (connection_id) DO UPDATE SET stale_fingerprint = $2, asked_at = now(), sealed_response = NULL`,
        [connectionId, staleFingerprint],
      );
    } catch {
      return { job, trouble: 'The database cannot be reached.' } satisfies CourierReport;
    }
    const answer = await this.ask(toolkit, request);
    // A refusal changed nothing at the provider: the token may be sent again. Some refuse with status 200.
    const isKept = typeof answer !== 'string' && answer.status < 300;
    const sealed = isKept
      ? this.vault.seal('renewals.sealed_response', { projectId, id: connectionId }, answer)
      : null;
    await this.keep(connectionId, sealed);
    return (typeof answer === 'string' ? { job, trouble: answer } : { job, answer }) satisfies CourierReport;
  }

  private async ask(
    toolkit: string,
    { url, method, headers, body }: CourierJob['request'],
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

  /** Tries for as long as anybody may wait: what is lost here cannot be had again. */
  private async keep(connectionId: string, sealed: string | null): Promise<void> {
    const sql = sealed
      ? 'UPDATE renewals SET sealed_response = $2 WHERE connection_id = $1'
      : 'DELETE FROM renewals WHERE connection_id = $1';
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
      try {
        await this.query(sql, sealed ? [connectionId, sealed] : [connectionId]);
        return;
      } catch {
        await delay(WRITE_PAUSE_MS);
      }
    }
  }

  private async query(sql: string, values: unknown[]): Promise<void> {
    this.connecting ??= this.dataSource.initialize().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    await this.connecting;
    await this.dataSource.query(sql, values);
  }
}

let courier: Courier | undefined;
process.on('message', (message) => {
  if (courier) void courier.carry(CourierJob.parse(message));
  else courier = new Courier(CourierSettings.parse(message));
});
process.on('disconnect', () => (courier ? courier.endWhenIdle() : process.exit(0)));
// Ctrl-C in a terminal reaches the whole group; the service says when it is over.
process.on('SIGINT', () => undefined);
