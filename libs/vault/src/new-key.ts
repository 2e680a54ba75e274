import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { keyManagementOf, kmsSettings } from './kms/kms.settings.js';
import { parseKeyRing } from './key-ring.js';

/*
 * `node libs/vault/dist/new-key.js`: prints a new key for PATCHBAY_ENCRYPTION_KEYS, wrapped when PATCHBAY_KMS says by whom. With
 * `--wrap` it reads a ring that is not wrapped from standard input, and prints the same ring wrapped: nothing has to be sealed anew.
 */
const { values } = parseArgs({ options: { wrap: { type: 'boolean', default: false } } });
try {
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const kms = await keyManagementOf(z.object(kmsSettings).parse(Object.fromEntries(given)));
  if (values.wrap && !kms) throw new Error('Setting PATCHBAY_KMS: is missing; it says who wraps.');
  const keys = values.wrap
    ? parseKeyRing((await text(process.stdin)).trim()).map(({ key }) => key)
    : [randomBytes(32)];
  const shown = await Promise.all(keys.map(async (key) => (kms ? kms.wrap(key) : key.toString('base64'))));
  // Not when the connections that are kept for more requests end by themselves.
  process.stdout.write(`${shown.join(',')}\n`, () => process.exit());
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
