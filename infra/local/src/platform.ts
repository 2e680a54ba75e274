import { Refusal, requireFreePort } from '../preflight.mjs';
import { ensureBinary } from './binaries.js';
import { loadSettings, localUrl, publicUrl, type Settings } from './config.js';
import { consoleLink } from './console-link.js';
import { requireDatabase, requireNats } from './external.js';
import { lockHome, prepareHome } from './home.js';
import type { Controllable, ManagedProcess } from './managed-process.js';
import { isUpToDate, migrate } from './migrations.js';
import { freePort } from './ports.js';
import { Steps, type OnProgress } from './progress.js';
import { untilReady, untilSaidReady } from './readiness.js';
import { loadSecrets } from './secrets.js';
import { databaseUrls, natsUrls, ownPostgres, startServers } from './servers.js';
import {
  metricsPort,
  serviceNames,
  serviceEnvironment,
  serviceProcess,
  type ServiceContext,
  type ServiceName,
} from './services.js';
import { Shutdown } from './shutdown.js';
import { supervise, type RestartPolicy } from './supervisor.js';

export interface PlatformOptions {
  /** The folder for data, keys and logs: PATCHBAY_HOME. */
  home: string;
  /** Settings as `npm start` reads them from the environment. Nothing else of our environment counts. */
  env?: NodeJS.ProcessEnv;
  /** Where the gateway listens; 0 or nothing is a free port. */
  port?: number;
  onProgress?: OnProgress;
  /** How each service logs in to the servers that DATABASE_URL and NATS_URL name; as those say, without it. */
  logins?: Logins;
  /** Where each service's debugger listens on the loopback; none does without it. */
  debugPort?: (name: ServiceName) => number;
  /** Gives the start up; what was started by then is stopped. */
  signal?: AbortSignal;
}

export interface Logins {
  nats?: (name: ServiceName) => string;
  database?: (name: ServiceName) => string;
  /** Where the migrations do so when a service's own address is a pooler's. */
  migrations?: (name: ServiceName) => string;
}

export interface Replica extends Controllable {
  /** Where it listens, if it is a gateway. */
  url: string | undefined;
}

export interface Platform {
  baseUrl: string;
  /** A new address each time, which signs the owner in to the console once. */
  consoleLink(): Promise<string>;
  /** Where the gateway listens on this machine, whatever stands in front of it. */
  localUrl: string;
  apiKey: string;
  orgApiKey: string;
  /** The first person's. */
  userApiKey: string;
  home: string;
  /** Undefined when DATABASE_URL names one that is not ours. */
  postgres: (Controllable & { url: string }) | undefined;
  nats: Controllable | undefined;
  services: Record<ServiceName, Controllable>;
  /** Where a service tells its metrics and its health, when PATCHBAY_METRICS_PORT is set. */
  opsUrl(name: ServiceName): string;
  /** Changed by a test that wants to see a crashed service stay down. */
  restartPolicy: RestartPolicy;
  /** What a process of a service is given to start with, for who starts one more with settings of its own. */
  environmentOf(name: ServiceName): NodeJS.ProcessEnv;
  /** Starts one more process of a service, which shares the work with those there are. */
  startReplica(name: ServiceName): Promise<Replica>;
  /** Brings every schema up to date, as the start did. */
  migrate(): Promise<void>;
  /** Waits until a service that was started again takes requests; rejects when it ended instead. */
  untilServiceReady(name: ServiceName): Promise<void>;
  /** Waits until /health/ready is 200, for instance after something was stopped and started again. */
  untilReady(): Promise<void>;
  /** Stops everything in order; nothing is left running and nothing is lost. */
  stop(): Promise<void>;
  /** Kills everything at once. */
  kill(): Promise<void>;
}

/** Starts the whole platform on this machine: servers, migrations, every service a process, until a request can be served. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const steps = new Steps(options.onProgress ?? (() => {}));
  const port = options.port || (await freePort());
  const settings = loadSettings({ ...options.env, PATCHBAY_HOME: options.home, PORT: String(port) });
  const home = settings.PATCHBAY_HOME;
  await requireFreePort(settings.HOST, settings.PORT, home);
  prepareHome(home);
  const shutdown = new Shutdown(steps, lockHome(home, publicUrl(settings), settings.PORT));
  try {
    return await start(settings, options, steps, shutdown);
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
}

async function start(
  settings: Settings,
  { env = {}, signal, debugPort, logins = {} }: PlatformOptions,
  steps: Steps,
  shutdown: Shutdown,
): Promise<Platform> {
  const kept = loadSecrets(settings.PATCHBAY_HOME);
  const secrets = {
    apiKey: settings.PATCHBAY_API_KEY ?? kept.apiKey,
    orgApiKey: settings.PATCHBAY_ORG_API_KEY ?? kept.orgApiKey,
    userApiKey: settings.PATCHBAY_USER_API_KEY ?? kept.userApiKey,
    encryptionKeys: settings.PATCHBAY_ENCRYPTION_KEYS ?? kept.encryptionKeys,
    filesSecret: settings.PATCHBAY_FILES_SECRET ?? kept.filesSecret,
  };
  /** One step, unless the start was given up in the meantime. */
  const step = <T>(title: string, work: () => Promise<T>) => {
    signal?.throwIfAborted();
    return steps.run(title, work);
  };

  // Servers of the operator first: a wrong address is then told before anything is started.
  if (settings.DATABASE_URL)
    await step('Reaching Postgres', () => requireDatabase(String(settings.DATABASE_URL)));
  if (settings.NATS_URL) await step('Reaching NATS', () => requireNats(String(settings.NATS_URL)));
  await startServers(settings, kept, { step, note: (text) => steps.note(text) }, shutdown);
  const { postgres, nats } = shutdown;
  await step('Looking for bubblewrap', () => wantBubblewrap((text) => steps.note(text)));
  const databaseUrl = settings.DATABASE_URL ?? postgres?.url ?? '';
  const urlOfDatabase = logins.database ?? databaseUrls(databaseUrl, kept, postgres !== undefined);
  const urlOfSchema = logins.migrations ?? urlOfDatabase;
  if (!(await isUpToDate(urlOfSchema))) {
    await step('Migrating the database', () => migrate(databaseUrl, urlOfSchema, signal));
  }

  const context: ServiceContext = {
    settings,
    env,
    secrets,
    databaseUrl: urlOfDatabase,
    natsUrl: logins.nats ?? natsUrls(settings, kept, nats),
    debugPort,
  };
  const services = Object.fromEntries(
    serviceNames.map((name) => [name, serviceProcess(name, context)]),
  ) as Record<ServiceName, ManagedProcess>;
  const all = serviceNames.map((name) => services[name]);
  shutdown.services = all;
  await step('Starting the services', async () => {
    await Promise.all(all.map((service) => service.start()));
    await untilReady(localUrl(settings), all, signal);
  });

  const restartPolicy = { enabled: true, firstDelayMs: 1_000, maxDelayMs: 10_000 };
  for (const child of [postgres?.process, nats?.process, ...all]) {
    if (child) supervise(child, restartPolicy, (text) => steps.note(text));
  }
  return {
    baseUrl: publicUrl(settings),
    localUrl: localUrl(settings),
    consoleLink: () =>
      consoleLink({
        baseUrl: publicUrl(settings),
        localUrl: localUrl(settings),
        ownerEmail: env.PATCHBAY_OWNER_EMAIL?.trim().toLowerCase() || 'owner@patchbay.local',
        ...secrets,
      }),
    apiKey: secrets.apiKey,
    orgApiKey: secrets.orgApiKey,
    userApiKey: secrets.userApiKey,
    home: settings.PATCHBAY_HOME,
    postgres,
    nats,
    services,
    opsUrl: (name) => `http://127.0.0.1:${metricsPort(name, env)}`,
    restartPolicy,
    environmentOf: (name) => serviceEnvironment(name, context),
    startReplica: async (name) => {
      const own = { ...settings, PORT: await freePort(), PUBLIC_URL: publicUrl(settings) };
      const replica = serviceProcess(name, { ...context, settings: own }, all.length);
      all.push(replica);
      await replica.start();
      await untilSaidReady(replica);
      return Object.assign(replica, { url: name === 'gateway' ? localUrl(own) : undefined });
    },
    migrate: () => migrate(databaseUrl, urlOfSchema),
    untilServiceReady: (name) => untilSaidReady(services[name]),
    untilReady: () => untilReady(localUrl(settings), all),
    stop: () => shutdown.stop(),
    kill: () => shutdown.kill(),
  };
}

/** Makes a home whose own Postgres has every schema, and starts nothing: a platform that starts on it has less to do. */
export async function prepareData(folder: string): Promise<void> {
  const settings = loadSettings({ PATCHBAY_HOME: folder });
  prepareHome(settings.PATCHBAY_HOME);
  const secrets = loadSecrets(settings.PATCHBAY_HOME);
  const postgres = await ownPostgres(settings, secrets);
  try {
    await migrate(postgres.url, databaseUrls(postgres.url, secrets, true));
  } finally {
    await postgres.stop();
  }
}

/** The sandboxes of the workbench are made with it. Without it everything else works, and sessions say what they lack. */
async function wantBubblewrap(note: (text: string) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  try {
    await ensureBinary('bubblewrap', note);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(`Sessions will have no workbench: ${error.message} ${error.suggestion}`);
  }
}
