import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refusal } from '../preflight.mjs';

/** The repository's folder: src and dist are equally deep, so this holds for both. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const examples = {
  PORT: '3001',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://patchbay.example.com',
  PATCHBAY_HOME: '/var/lib/patchbay',
  DATABASE_URL: 'postgres://user:password@127.0.0.1:5432/patchbay',
  NATS_URL: 'nats://127.0.0.1:4222',
  PATCHBAY_API_KEY: 'ak_0123456789abcdefghijklmn',
  PATCHBAY_ORG_API_KEY: 'oak_0123456789abcdefghijklmn',
  PATCHBAY_USER_API_KEY: 'uak_0123456789abcdefghijklmn',
  PATCHBAY_ENCRYPTION_KEYS: '$(openssl rand -base64 32)',
  PATCHBAY_KMS: 'vault',
  PATCHBAY_FILES_DIR: '/var/lib/patchbay/files',
  PATCHBAY_FILES_SECRET: '$(openssl rand -hex 24)',
  PATCHBAY_TOOLKIT_OVERRIDES: './overrides.yaml',
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: 'localhost:4000=jira,10.0.0.7=crm|wiki',
  PATCHBAY_STOP_SECONDS: '60',
  LOG_LEVEL: 'debug',
} as const;

const everyPart = (test: (part: string) => boolean) => (value: string) =>
  value.split(',').every((part) => test(part.trim()));

const schema = z.object({
  PORT: z
    .string()
    .default('3000')
    .refine((value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65535, {
      error: 'must be a whole number from 1 to 65535',
    })
    .transform(Number),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a name of this machine')
    .default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  PATCHBAY_HOME: z
    .string()
    .default('.patchbay')
    .transform((path) => resolve(root, path))
    .refine((path) => !existsSync(path) || statSync(path).isDirectory(), {
      error: 'must be a folder, not a file',
    }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL that begins with postgres://' })
    .optional(),
  NATS_URL: z
    .string()
    .refine(
      everyPart((url) => /^(nats|tls|wss?):\/\/\S+$/.test(url)),
      { error: 'must be a URL that begins with nats://' },
    )
    .optional(),
  PATCHBAY_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable characters without spaces')
    .optional(),
  PATCHBAY_ORG_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable characters without spaces')
    .optional(),
  PATCHBAY_USER_API_KEY: z
    .string()
    .regex(/^uak_[\x21-\x7e]{8,252}$/, 'must be uak_ and 8 to 252 printable characters without spaces')
    .optional(),
  PATCHBAY_ENCRYPTION_KEYS: z.string().optional(),
  PATCHBAY_KMS: z
    .enum(['aws', 'gcp', 'vault'], { error: 'must be aws, gcp or vault, or not be set' })
    .optional(),
  PATCHBAY_FILES_DIR: z
    .string()
    .transform((path) => resolve(root, path))
    .optional(),
  PATCHBAY_FILES_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  PATCHBAY_TOOLKIT_OVERRIDES: z
    .string()
    .transform((path) => resolve(root, path))
    .refine((path) => existsSync(path) && statSync(path).isFile(), { error: 'must be a file that exists' })
    .optional(),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: z
    .string()
    .refine(
      everyPart((host) => /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?(=[a-z0-9_-]+(\|[a-z0-9_-]+)*)?$/i.test(host)),
      {
        error: 'must be host or host:port, each with =toolkit|toolkit behind it, separated by commas',
      },
    )
    .optional(),
  PATCHBAY_STOP_SECONDS: z
    .string()
    .default('15')
    .refine((value) => /^\d{1,3}$/.test(value) && Number(value) >= 6 && Number(value) <= 300, {
      error: 'must be a whole number from 6 to 300',
    })
    .transform(Number),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  NODE_ENV: z.string().optional(),
});

const isKey = everyPart((key) => Buffer.from(key, 'base64').length === 32);

const checked = schema.superRefine(({ PATCHBAY_KMS: kms, PATCHBAY_ENCRYPTION_KEYS: keys }, context) => {
  const path = ['PATCHBAY_ENCRYPTION_KEYS'];
  if (kms && !keys) {
    const message = `is missing; node libs/vault/dist/new-key.js makes one that ${kms} wraps`;
    context.addIssue({ code: 'custom', path, message });
  } else if (!kms && keys && !isKey(keys)) {
    const message = 'must be base64 keys of 32 bytes each, separated by commas, newest first';
    context.addIssue({ code: 'custom', path, message });
  }
});

export type Settings = z.infer<typeof schema>;
type SettingName = keyof typeof examples;

/** Values that may be repeated in a message; the others may hold a secret. */
const shown = new Set<string>([
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'PATCHBAY_HOME',
  'PATCHBAY_FILES_DIR',
  'PATCHBAY_TOOLKIT_OVERRIDES',
  'PATCHBAY_STOP_SECONDS',
  'LOG_LEVEL',
]);

/** Reads the settings once; a wrong one stops with its name, what is wrong and an example. */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  // `PORT= npm start` means "not set" to everyone who writes it.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = checked.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    const lines = names.map((name) => {
      const issue = parsed.error.issues.find((one) => one.path[0] === name);
      return `${name} ${issue?.message}${shown.has(name) ? `, not "${given[name]}"` : ''}.`;
    });
    const hints = names.map((name) => `  ${name}=${examples[name as SettingName]}`);
    throw new Refusal(lines.join('\n'), `For example:\n${hints.join('\n')}`);
  }
  const settings = parsed.data;
  if (settings.NODE_ENV === 'production' && !settings.PATCHBAY_ENCRYPTION_KEYS) {
    throw new Refusal(
      'PATCHBAY_ENCRYPTION_KEYS is missing, and with NODE_ENV=production none is made up: losing it loses every credential.',
      `Make one, keep it safe and set it: PATCHBAY_ENCRYPTION_KEYS=${examples.PATCHBAY_ENCRYPTION_KEYS}`,
    );
  }
  return settings;
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::']);

/** What links begin with: the operator's word, else an address at which this machine answers. */
export function publicUrl(settings: Settings): string {
  const host = loopback.has(settings.HOST) ? 'localhost' : settings.HOST;
  return settings.PUBLIC_URL ?? `http://${host}:${settings.PORT}`;
}

/** Where the gateway can be reached from this machine, whatever stands in front of it. */
export function localUrl(settings: Settings): string {
  if (settings.HOST === '::' || settings.HOST === '::1') return `http://[::1]:${settings.PORT}`;
  return `http://${settings.HOST === '0.0.0.0' ? '127.0.0.1' : settings.HOST}:${settings.PORT}`;
}
