import {
  newId,
  toolCallFinished,
  toolCallStarted,
  type CallFinished,
  type CallStarted,
  type EventContract,
} from '@patchbay/contracts';
import { migrate } from '@patchbay/database';
import { bootService, Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createDatabase, startNats } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../src/app.module.js';
import { logsConfig } from '../src/config.js';
import { database } from '../src/database.js';

const logger = createLogger('logs', 'silent');

/** The whole service in this process, with a client that publishes events and sends requests. */
export async function runLogs() {
  const natsServer = await startNats();
  const databaseUrl = await createDatabase();
  await migrate(databaseUrl, database);
  const config = logsConfig.parse({
    NATS_URL: natsServer.url,
    DATABASE_URL: databaseUrl,
    // Tests publish calls of fixed days.
    PATCHBAY_LOG_RETENTION_DAYS: 36_500,
    PATCHBAY_AUDIT_RETENTION_DAYS: 36_500,
  });

  const caller = await NatsClient.connect('tools', { NATS_URL: natsServer.url }, logger);
  await ensureEventStream(caller);
  const bus = new Bus(caller, logger);

  const app = await bootService({ name: 'logs', config, module: AppModule.forRoot(config), logger });

  const sql = (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    app.get(DataSource).query(query, values);
  const publish = (contract: EventContract, call: CallStarted) =>
    bus.publish(contract, bus.envelop(call.projectId, call));
  const start = (call: CallStarted) => publish(toolCallStarted, call);
  const finish = (call: CallFinished) => publish(toolCallFinished, call);
  /** Any text, as an event of the stream. */
  const publishRaw = (body: string, subject = toolCallFinished.subject) =>
    bus.publishRaw(subject, newId('event'), body);
  const stop = async () => {
    await app.close();
    await caller.close();
    await natsServer.stop();
  };
  return { bus, databaseUrl, sql, start, finish, publishRaw, stop };
}

export type RunningLogs = Awaited<ReturnType<typeof runLogs>>;

export function startedCall(given: Partial<CallStarted> = {}): CallStarted {
  return {
    logId: newId('log'),
    projectId: 'proj_a',
    userId: 'ann',
    sessionId: 'trs_1',
    requestId: 'req_1',
    traceId: null,
    toolkit: 'github',
    toolSlug: 'GITHUB_CREATE_AN_ISSUE',
    parent: null,
    sandboxId: null,
    startedAt: new Date().toISOString(),
    arguments: { title: 'Broken' },
    ...given,
  };
}

export function endOf(call: CallStarted, given: Partial<CallFinished> = {}): CallFinished {
  return {
    ...call,
    finishedAt: new Date(Date.parse(call.startedAt) + 120).toISOString(),
    durationMs: 120,
    status: 'success',
    connectionId: 'ca_1',
    authConfigId: 'ac_1',
    error: null,
    data: { number: 7 },
    ...given,
  };
}
