import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSecrets, type KeptSecrets } from '../secrets.js';
import { ok, problem, refusalOf, warning, type Finding } from './finding.js';

const GIB = 1024 ** 3;
const LITTLE_SPACE = 2 * GIB;
/** Postgres stops when it cannot write. */
const TOO_LITTLE_SPACE = GIB / 4;
const READABLE_BY_OTHERS = 0o077;

/** The folder that `npm start` keeps: room to write, and the secrets. */
export async function diagnoseHome(home: string): Promise<{ findings: Finding[]; secrets: KeptSecrets }> {
  const findings = [writable(home), space(home)];
  const file = join(home, 'secrets.json');
  if (!existsSync(file)) return { findings: [...findings, missingSecrets(home, file)], secrets: {} };
  let secrets: KeptSecrets = {};
  const unreadable = await refusalOf('Secrets', () => {
    secrets = readSecrets(file);
  });
  findings.push(
    unreadable ?? malformed(file, secrets) ?? exposed(file) ?? ok('Secrets', `${file} holds all keys.`),
  );
  return { findings, secrets };
}

function writable(home: string): Finding {
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok('Home', home);
  } catch {
    return problem(
      'Home',
      `${home} cannot be written by this user.`,
      'Run Patchbay as the user that owns it, or name another with PATCHBAY_HOME.',
    );
  }
}

function space(home: string): Finding {
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  const message = `${(free / GIB).toFixed(1)} GiB are free for ${home}.`;
  const remedy = 'Make room there, or move the home to a larger disk and name it with PATCHBAY_HOME.';
  if (free < TOO_LITTLE_SPACE) return problem('Disk', message, remedy);
  return free < LITTLE_SPACE ? warning('Disk', message, remedy) : ok('Disk', message);
}

/** Of a home with data: what would be made anew could open none of it. */
function missingSecrets(home: string, file: string): Finding {
  if (!existsSync(join(home, 'postgres'))) return ok('Secrets', 'They are made by the first `npm start`.');
  return problem(
    'Secrets',
    `${file} is missing, and the data beside it was made with it.`,
    'Restore it from a backup before the next start: it holds the keys that open the stored credentials.',
  );
}

type NamedSecret = 'encryptionKeys' | 'apiKey' | 'orgApiKey' | 'userApiKey' | 'filesSecret';
const FORMS: [name: NamedSecret, test: (value: string) => boolean, form: string][] = [
  [
    'encryptionKeys',
    (value) => value.split(',').every(isKey),
    'base64 keys of 32 bytes each, joined by commas',
  ],
  ['apiKey', isPrintable, '8 to 256 printable characters'],
  ['orgApiKey', isPrintable, '8 to 256 printable characters'],
  ['userApiKey', (value) => value.startsWith('uak_') && isPrintable(value), 'uak_ and printable characters'],
  ['filesSecret', (value) => value.length >= 16, 'at least 16 characters'],
];

function malformed(file: string, secrets: KeptSecrets): Finding | undefined {
  const wrong = FORMS.filter(([name, test]) => {
    const value = secrets[name];
    return value !== undefined && !test(value);
  });
  if (wrong.length === 0) return undefined;
  return problem(
    'Secrets',
    `${file}: ${wrong.map(([name, , form]) => `${name} has to be ${form}`).join('; ')}.`,
    'Restore the file from a backup. A key of the API may be removed instead: the next start makes another.',
  );
}

function isKey(text: string): boolean {
  return Buffer.from(text.trim(), 'base64').length === 32;
}

function isPrintable(text: string): boolean {
  return /^[\x21-\x7e]{8,256}$/.test(text);
}

function exposed(file: string): Finding | undefined {
  if ((statSync(file).mode & READABLE_BY_OTHERS) === 0) return undefined;
  return problem(
    'Secrets',
    `${file} can be read by other users of this machine.`,
    `chmod 600 ${file}, and think of who may have read it.`,
  );
}
