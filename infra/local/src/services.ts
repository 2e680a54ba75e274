import { join } from 'node:path';
import { compileCache, nodeBinary, sourceMaps } from '../node.mjs';
import { publicUrl, root, type Settings } from './config.js';
import { ManagedProcess } from './managed-process.js';
import { systemEnvironment } from './system-environment.js';

/** In the order of starting: who is asked before who asks. */
export const serviceNames = [
  'auth',
  'tools',
  'workbench',
  'logs',
  'sessions',
  'triggers',
  'gateway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface ServiceSecrets {
  apiKey: string;
  orgApiKey: string;
  userApiKey: string;
  encryptionKeys: string;
  filesSecret: string;
}

export interface ServiceContext {
  settings: Settings;
  /** Everything given besides the settings, for PATCHBAY_ variables a service reads on its own. */
  env: NodeJS.ProcessEnv;
  secrets: ServiceSecrets;
  databaseUrl(service: ServiceName): string;
  natsUrl(service: ServiceName): string;
  /** Where the service's debugger listens on the loopback; it has none without this. */
  debugPort?: ((service: ServiceName) => number) | undefined;
}

/** A service ends itself within its time; only one that hangs is killed. */
const KILL_AFTER_SECONDS = 2;

/** One service as a process of its own. A further replica has a number, and a log file with it. */
export function serviceProcess(name: ServiceName, context: ServiceContext, replica?: number): ManagedProcess {
  const title = [name, replica].filter(Boolean).join('-');
  return new ManagedProcess({
    name: title,
    command: nodeBinary(),
    args: [...debuggerFlags(name, context, replica), ...sourceMaps, join(root, 'apps', name, entry(context))],
    cwd: root,
    env: serviceEnvironment(name, context, replica),
    logFile: join(context.settings.PATCHBAY_HOME, 'logs', `${title}.log`),
    stopSignal: 'SIGTERM',
    // A service ends when the channel closes, so that not even a SIGKILL of ours leaves one behind.
    lifeline: 'ipc',
    stopLimitMs: (context.settings.PATCHBAY_STOP_SECONDS + KILL_AFTER_SECONDS) * 1_000,
    deliberateExits: [0, 130, 143],
  });
}

/** Beside a debugger, a service is the files that the compiler made: those are there as soon as something was saved. */
function entry({ debugPort }: ServiceContext): string {
  return debugPort ? 'dist/main.js' : 'dist/bundle/main.mjs';
}

/** One debugger a service: a further replica would find the port taken. */
function debuggerFlags(name: ServiceName, { debugPort }: ServiceContext, replica?: number): string[] {
  return debugPort && !replica ? [`--inspect=127.0.0.1:${debugPort(name)}`] : [];
}

/** What a service gets to see: the system's basics and its own settings, never the whole of our environment. */
export function serviceEnvironment(
  name: ServiceName,
  context: ServiceContext,
  replica?: number,
): NodeJS.ProcessEnv {
  const { settings, secrets } = context;
  const own: NodeJS.ProcessEnv = {
    ...ours(context.env),
    PATCHBAY_METRICS_PORT: replica ? undefined : metricsPort(name, context.env)?.toString(),
    NODE_COMPILE_CACHE: compileCache,
    ...sparingMemory,
    DATABASE_URL: context.databaseUrl(name),
    NATS_URL: context.natsUrl(name),
    PORT: String(settings.PORT),
    HOST: settings.HOST,
    PUBLIC_URL: publicUrl(settings),
    PATCHBAY_HOME: settings.PATCHBAY_HOME,
    PATCHBAY_STOP_SECONDS: String(settings.PATCHBAY_STOP_SECONDS),
    LOG_LEVEL: settings.LOG_LEVEL,
    NODE_ENV: settings.NODE_ENV,
  };
  if (name === 'auth') {
    own.PATCHBAY_API_KEY = secrets.apiKey;
    own.PATCHBAY_ORG_API_KEY = secrets.orgApiKey;
    own.PATCHBAY_USER_API_KEY = secrets.userApiKey;
  }
  if (keepsSecrets.includes(name)) {
    own.PATCHBAY_ENCRYPTION_KEYS = secrets.encryptionKeys;
    if (context.env.PATCHBAY_KMS) Object.assign(own, ofCloud(context.env));
  }
  if (name === 'auth' || name === 'tools') {
    own.PATCHBAY_TOOLKIT_OVERRIDES = settings.PATCHBAY_TOOLKIT_OVERRIDES;
  }
  if (goesOut.includes(name)) own.PATCHBAY_ALLOWED_PRIVATE_HOSTS = settings.PATCHBAY_ALLOWED_PRIVATE_HOSTS;
  if (keepsFiles.includes(name)) {
    Object.assign(own, filesOf(context.env));
    own.PATCHBAY_FILES_DIR = settings.PATCHBAY_FILES_DIR ?? join(settings.PATCHBAY_HOME, 'files');
    own.PATCHBAY_FILES_SECRET = secrets.filesSecret;
  }
  if (name === 'workbench') {
    own.PATCHBAY_STDIO_DIR = context.env.PATCHBAY_STDIO_DIR ?? join(settings.PATCHBAY_HOME, 'stdio');
  }
  for (const [setting, readers] of Object.entries(keysOfBackEnds)) {
    if (readers.includes(name)) own[setting] = context.env[setting];
  }
  // An undefined value would arrive as nothing at all, which is what is meant.
  return { ...systemEnvironment(), ...own };
}

/** glibc keeps a pool of memory for each thread that asks for some, and gives little of it back. */
const sparingMemory = { MALLOC_ARENA_MAX: '2' };

/** On one machine each service needs a port of its own: the one that is set is the first. */
export function metricsPort(name: ServiceName, env: NodeJS.ProcessEnv): number | undefined {
  const first = env.PATCHBAY_METRICS_PORT;
  return first ? Number(first) + serviceNames.indexOf(name) : undefined;
}

/** They seal secrets in their tables. */
const keepsSecrets: readonly ServiceName[] = ['auth', 'triggers'];
/** They send requests to addresses that users name, or programs of theirs do. */
const goesOut: readonly ServiceName[] = ['auth', 'tools', 'triggers', 'workbench'];
const keepsFiles: readonly ServiceName[] = ['gateway', 'tools', 'workbench'];
const FILES_PREFIX = 'PATCHBAY_FILES_';

/** They may hold the keys of a bucket, so only those who keep files are given them. */
function filesOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => key.startsWith(FILES_PREFIX)));
}

/** By what a cloud knows who asks its key management service: its own variables, for who asks it alone. */
function ofCloud(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => /^(?:AWS|GOOGLE|GCE)_/.test(key)));
}

/** Keys for services of others, with who reads each. */
const keysOfBackEnds: Record<string, readonly ServiceName[]> = {
  PATCHBAY_EMBEDDINGS_API_KEY: ['tools'],
  PATCHBAY_MODEL_API_KEY: ['gateway', 'tools'],
  PATCHBAY_MCP_REGISTRY_TOKENS: ['tools'],
  PATCHBAY_LLM_API_KEY: ['workbench'],
  PATCHBAY_OIDC_CLIENT_SECRET: ['auth'],
  PATCHBAY_KMS_TOKEN: ['auth', 'triggers'],
};

const routed = new Set([
  ...Object.keys(keysOfBackEnds),
  'PATCHBAY_API_KEY',
  'PATCHBAY_ORG_API_KEY',
  'PATCHBAY_USER_API_KEY',
  'PATCHBAY_ENCRYPTION_KEYS',
  'PATCHBAY_TOOLKIT_OVERRIDES',
  'PATCHBAY_ALLOWED_PRIVATE_HOSTS',
]);

/** PATCHBAY_ and OpenTelemetry's variables, and NATS' certificates, are meant for the services; those with readers of their own are added above. */
function ours(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) =>
        /^(PATCHBAY_|OTEL_|NATS_(CA|CERT|KEY)$)/.test(key) &&
        !routed.has(key) &&
        !key.startsWith(FILES_PREFIX),
    ),
  );
}
