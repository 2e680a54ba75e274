import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { INestApplicationContext } from '@nestjs/common';
import {
  AppError,
  newId,
  runCode,
  runCommand,
  verifySandboxKey,
  type CallContext,
  type CodeOutcome,
  type CommandOutcome,
  type OutputOf,
  type SandboxSize,
} from '@patchbay/contracts';
import { migrate } from '@patchbay/database';
import { bootService, Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createDatabase, eventually, startNats } from '@patchbay/testing';
import { AppModule } from '../src/app.module.js';
import { workbenchConfig } from '../src/config.js';
import { database } from '../src/database.js';
import { descendants } from '../src/sandbox/bubblewrap/process-tree.js';
import type { SandboxDriver } from '../src/sandbox/sandbox.js';
import { WorkspacesService } from '../src/workspaces/index.js';

const logger = createLogger('workbench', 'silent');

/** What a helper sent to the gateway. */
export interface SeenCall {
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export interface Replica {
  app: INestApplicationContext;
  workspaces: WorkspacesService;
  stop(): Promise<void>;
}

/** The service in this process, with real servers, real sandboxes, and a stand-in for the gateway. */
export async function runWorkbench(settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-workbench-'));
  // As infra/nats/nats.conf has it.
  await writeFile(join(folder, 'nats.conf'), 'max_payload: 8MB\n');
  const natsServer = await startNats({ config: join(folder, 'nats.conf') });
  const databaseUrl = await createDatabase();
  await migrate(databaseUrl, database);
  const caller = await NatsClient.connect('sessions', { NATS_URL: natsServer.url }, logger);
  await ensureEventStream(caller);
  const bus = new Bus(caller, logger);
  const gateway = await startGateway(bus);
  const config = workbenchConfig.parse({
    NATS_URL: natsServer.url,
    DATABASE_URL: databaseUrl,
    PATH: process.env['PATH'],
    PATCHBAY_FILES_DIR: folder,
    PATCHBAY_FILES_SECRET: 'a secret of this test',
    PATCHBAY_GATEWAY_URL: gateway.url,
    ...settings,
  });

  const replicas = new Set<Replica>();
  const start = async (changes: Partial<typeof config> = {}, driver?: SandboxDriver): Promise<Replica> => {
    const open = driver && (() => Promise.resolve(driver));
    const module = await AppModule.forRoot({ ...config, ...changes }, open);
    const app = await bootService({ name: 'workbench', config, logger, module });
    const replica: Replica = {
      app,
      workspaces: app.get(WorkspacesService),
      stop: async () => {
        if (replicas.delete(replica)) await app.close();
      },
    };
    replicas.add(replica);
    return replica;
  };
  return {
    bus,
    gateway,
    start,
    folder,
    replicas: () => [...replicas],
    open: (projectId?: string) => new TestSession(bus, projectId),
    stop: async () => {
      await Promise.all([...replicas].map((replica) => replica.stop()));
      await caller.close();
      await Promise.all([natsServer.stop(), gateway.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends every sandbox that a replica in this process has, as the end of its process would. */
export async function killSandboxes(): Promise<void> {
  const below = await descendants(process.pid, []);
  const own = below.map(({ pid }) => pid).filter((pid) => nameOf(pid) === 'bwrap');
  for (const pid of own) process.kill(pid, 'SIGKILL');
  await eventually(() => expect(own.filter((pid) => nameOf(pid) === 'bwrap')).toEqual([]));
}

function nameOf(pid: number): string {
  return existsSync(`/proc/${pid}/comm`) ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : '';
}

/** A session as `sessions` would ask for it. */
export class TestSession {
  readonly id = newId('session');
  settings: { sandboxSize: SandboxSize; proxyExecution: boolean } = {
    sandboxSize: 'standard',
    proxyExecution: true,
  };

  constructor(
    private readonly bus: Bus,
    readonly projectId: string = newId('project'),
  ) {}

  run(code: string, context?: CallContext): Promise<CodeOutcome> {
    return this.bus.request(runCode, { session: this.session(), logId: 'log_of_the_run', code, context });
  }

  /** The value of the last expression, of code that has to go well. */
  async value(code: string, context?: CallContext): Promise<string> {
    const outcome = await this.run(code, context);
    if (outcome.error !== null) throw new Error(outcome.error);
    return outcome.result;
  }

  bash(command: string): Promise<CommandOutcome> {
    return this.bus.request(runCommand, { session: this.session(), logId: 'log_of_the_run', command });
  }

  private session() {
    return { projectId: this.projectId, id: this.id, ...this.settings };
  }
}

/** Asked again while the workbench is too busy to say, which is no refusal. */
async function holderOf(bus: Bus, sha256: string): Promise<OutputOf<typeof verifySandboxKey> | undefined> {
  for (let asked = 0; asked < 10; asked += 1) {
    try {
      return await bus.request(verifySandboxKey, { sha256 });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unavailable') return undefined;
    }
  }
  return undefined;
}

/** Stands in for the gateway: lets in whom the workbench knows, and echoes the call. */
async function startGateway(bus: Bus) {
  const seen: SeenCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      const key = String(request.headers['x-workbench-access-key']);
      const holder = await holderOf(bus, createHash('sha256').update(key).digest('hex'));
      const allowed = holder && request.url?.includes(`/session/${holder.sessionId}/`);
      response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          allowed
            ? { data: { echo: body }, error: null, log_id: 'log_1', status: 200 }
            : { error: { message: 'not let in' } },
        ),
      );
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
