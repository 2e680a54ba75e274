import { dataSourceOptions } from '@patchbay/database';
import { loadConfig, OutboundClient } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { authConfig } from '../config.js';
import { database } from '../database.js';
import { Vault } from '../vault/vault.service.js';
import { CourierJob, EXCHANGE_LIMIT_MS, type CourierReport, type TokenAnswer } from './courier.messages.js';

/*
 * The courier: a process of its own that carries refresh tokens to providers and puts what they answer
 * into the table `renewals`. It outlives a service that is killed meanwhile, until it has done so.
 */
const config = loadConfig(authConfig, process.env);
const vault = new Vault(config);
const http = new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS);
const dataSource = new DataSource(
  dataSourceOptions(config.DATABASE_URL, { schema: database.schema, entities: [], migrations: [] }),
);

let connecting: Promise<unknown> | undefined;
let atWork = 0;
let isOrphan = false;

process.on('message', (message) => {
  const job = CourierJob.parse(message);
  atWork += 1;
  void carry(job)
    .then(report)
    .finally(() => {
      atWork -= 1;
      if (isOrphan) endWhenIdle();
    });
});
process.on('disconnect', () => {
  isOrphan = true;
  endWhenIdle();
});
// Ctrl-C in a terminal reaches the whole group; the service says when it is over.
process.on('SIGINT', () => undefined);

async function carry({
  job,
  projectId,
  connectionId,
  staleFingerprint,
  request,
}: CourierJob): Promise<CourierReport> {
  try {
    await query(
      `INSERT INTO renewals (connection_id, stale_fingerprint) VALUES ($1, $2)
       ON CONFLICT (connection_id) DO UPDATE SET stale_fingerprint = $2, asked_at = now(), sealed_response = NULL`,
      [connectionId, staleFingerprint],
    );
  } catch {
    return { job, trouble: 'The database cannot be reached.' };
  }
  const answer = await ask(request);
  // An error that passes changed nothing at the provider: the token may be sent again.
  const isKept = typeof answer !== 'string' && answer.status < 500 && answer.status !== 429;
  const sealed = isKept ? vault.seal({ projectId, id: connectionId }, answer) : null;
  await keep(connectionId, sealed);
  return typeof answer === 'string' ? { job, trouble: answer } : { job, answer };
}

async function ask({ url, method, headers, body }: CourierJob['request']): Promise<TokenAnswer | string> {
  try {
    const signal = AbortSignal.timeout(EXCHANGE_LIMIT_MS);
    const response = await http.fetch(url, { method, headers, body, signal });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.text(),
    };
  } catch (error) {
    return error instanceof Error ? error.message : 'The provider could not be reached.';
  }
}

/** Tries for as long as anybody may wait: what is lost here cannot be had again. */
async function keep(connectionId: string, sealed: string | null): Promise<void> {
  const sql = sealed
    ? 'UPDATE renewals SET sealed_response = $2 WHERE connection_id = $1'
    : 'DELETE FROM renewals WHERE connection_id = $1';
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      await query(sql, sealed ? [connectionId, sealed] : [connectionId]);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function query(sql: string, values: unknown[]): Promise<void> {
  connecting ??= dataSource.initialize().catch((error: unknown) => {
    connecting = undefined;
    throw error;
  });
  await connecting;
  await dataSource.query(sql, values);
}

function report(message: CourierReport): void {
  // Without a parent there is nobody to tell; whoever asks next finds the row.
  if (process.connected) process.send?.(message);
}

function endWhenIdle(): void {
  if (atWork > 0) return;
  const closed = [dataSource.isInitialized ? dataSource.destroy() : Promise.resolve(), http.close()];
  void Promise.allSettled(closed).then(() => process.exit(0));
}
