import { accessSync, constants, readFileSync } from 'node:fs';
import { z } from 'zod';

/** The path of a file that this process may read. */
export const fileSetting = z.string().refine(isReadable, 'must be a file that can be read');

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Settings that every service reads. */
export const serviceSettings = {
  /** `nats://[user:password@]host:port`, several joined by commas; `tls://` for nothing but TLS. */
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  /** PEM: whose certificates of NATS servers are believed, instead of the system's authorities. */
  NATS_CA: fileSetting.optional(),
  /** PEM: the certificate, and its key, that the service shows to a server that asks for one. */
  NATS_CERT: fileSetting.optional(),
  NATS_KEY: fileSetting.optional(),
  /** How many servers of a NATS cluster keep each stream; more than the cluster has, it cannot keep. */
  PATCHBAY_NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
  /** Seconds that a stop may take; what is under way then is cut off. */
  PATCHBAY_STOP_SECONDS: z.coerce.number().int().min(6).max(300).default(15),
  /** Where the service tells Prometheus its metrics, and its health; nowhere unless it is set. */
  PATCHBAY_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PATCHBAY_METRICS_HOST: z.string().default('127.0.0.1'),
  /** OpenTelemetry's own settings: an OTLP endpoint switches traces on. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.url().optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_SDK_DISABLED: z.stringbool().default(false),
};
export type ServiceSettings = z.output<z.ZodObject<typeof serviceSettings>>;

/** Entries joined by commas, such as `host[:port]`. */
export const listSetting = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

/** Origins of web pages joined by commas, such as `https://app.example.com`. */
export const originListSetting = listSetting.refine(
  (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  { message: 'must look like https://app.example.com,https://admin.example.com' },
);

/** Where browsers and clients reach the gateway; without a slash at its end. */
export const publicUrlSetting = z
  .url({ protocol: /^https?$/, message: 'must look like https://patchbay.example.com' })
  .default('http://localhost:3000')
  .transform((url) => url.replace(/\/+$/, ''));

export const databaseUrlSetting = z.url({
  protocol: /^postgres(ql)?$/,
  message: 'must look like postgres://user:password@host:5432/patchbay',
});

/**
 * Reads a service's settings once, at its start. A wrong or missing one ends the process with its
 * name and what was wrong; its value is not shown, as it may be a secret. An empty one counts as not given:
 * docker-compose has no other way of leaving a variable out. Each `NAME` may be given as `NAME_FILE`, see `fromFiles`.
 */
export function loadConfig<T extends z.ZodType>(schema: T, environment: NodeJS.ProcessEnv): z.output<T> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const given = Object.entries(fromFiles(names, environment)).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

/**
 * The environment in which each of these settings that was given as `NAME_FILE` has what that file holds, without the end of
 * its last line, and `NAME_FILE` is gone. So a secret is in no environment, which a container's description and each of its
 * processes show. A file that cannot be read, and a setting that was given both ways, end the process.
 */
export function fromFiles(names: readonly string[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const filled = { ...environment };
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    if (!file || names.includes(`${name}_FILE`)) continue;
    if (environment[name]) return refuse([`${name}: is given, and ${name}_FILE as well`]);
    try {
      filled[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      delete filled[`${name}_FILE`];
    } catch (error) {
      return refuse([`${name}_FILE: cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`]);
    }
  }
  return filled;
}

function refuse(complaints: readonly string[]): never {
  for (const complaint of complaints) process.stderr.write(`Setting ${complaint}\n`);
  process.exit(1);
}
