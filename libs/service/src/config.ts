import { z } from 'zod';

/** Settings that every service reads. */
export const serviceSettings = {
  /** `nats://[user:password@]host:port`, several joined by commas. */
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
};
export interface ServiceSettings {
  NATS_URL: string;
  LOG_LEVEL: string;
  NODE_ENV: string;
}

/** `host[:port]` entries joined by commas: what outbound calls may reach although it is private. */
export const hostListSetting = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
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
 * name and what was wrong; its value is not shown, as it may be a secret.
 */
export function loadConfig<T extends z.ZodType>(schema: T, environment: NodeJS.ProcessEnv): z.output<T> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    process.stderr.write(`Setting ${issue.path.join('.')}: ${issue.message}\n`);
  }
  process.exit(1);
}
