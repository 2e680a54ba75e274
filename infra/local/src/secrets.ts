import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../preflight.mjs';
import { serviceNames, type ServiceName } from './services.js';

const schema = z.object({
  apiKey: z.string(),
  orgApiKey: z.string(),
  userApiKey: z.string(),
  encryptionKeys: z.string(),
  filesSecret: z.string(),
  postgresPassword: z.string(),
  databasePasswords: z.record(z.string(), z.string()),
  natsPasswords: z.record(z.string(), z.string()),
});

/** What a file of secrets has, which may be of an older version. */
export type KeptSecrets = Partial<z.infer<typeof schema>>;

export interface Secrets {
  apiKey: string;
  orgApiKey: string;
  userApiKey: string;
  /** The key ring: base64 keys of 32 bytes, newest first, separated by commas. */
  encryptionKeys: string;
  /** Signs links to files. */
  filesSecret: string;
  /** Of the superuser, by whom the migrations are run. */
  postgresPassword: string;
  /** Of each service's own role. */
  databasePasswords: Record<ServiceName, string>;
  natsPasswords: Record<ServiceName, string>;
}

/** Reads the home's secrets; what is missing is made and kept, so a newer version may add one. */
export function loadSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  const kept = readSecrets(file);
  const secrets: Secrets = {
    apiKey: kept.apiKey ?? `ak_${randomBytes(18).toString('base64url')}`,
    orgApiKey: kept.orgApiKey ?? `oak_${randomBytes(18).toString('base64url')}`,
    userApiKey: kept.userApiKey ?? `uak_${randomBytes(18).toString('base64url')}`,
    encryptionKeys: kept.encryptionKeys ?? randomBytes(32).toString('base64'),
    filesSecret: kept.filesSecret ?? randomBytes(32).toString('base64url'),
    postgresPassword: kept.postgresPassword ?? password(),
    databasePasswords: passwords(kept.databasePasswords),
    natsPasswords: passwords(kept.natsPasswords),
  };
  const text = `${JSON.stringify(secrets, undefined, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    // By rename: a half written file would lose the key ring and with it every credential.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  return secrets;
}

/** One a service. */
function passwords(kept: Record<string, string> = {}): Record<ServiceName, string> {
  const entries = serviceNames.map((name) => [name, kept[name] ?? password()]);
  return Object.fromEntries(entries) as Record<ServiceName, string>;
}

/** Begins with a letter and has only hex digits: safe in a URL, and nats.conf would read 1e10 as a number. */
function password(): string {
  return `p${randomBytes(20).toString('hex')}`;
}

/**
 * What the file has, which may be of an older version.
 * @throws Refusal when it cannot be read
 */
export function readSecrets(file: string): KeptSecrets {
  if (!existsSync(file)) return {};
  try {
    return schema.partial().parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Refusal(
      `${file} cannot be read as the secrets of this home.`,
      'Restore it from a backup: it holds the keys that open the stored credentials. To begin again, move the whole folder away.',
      { cause },
    );
  }
}
