import { GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { askKms } from './http.kms.js';
import type { KeyManagement } from './key-management.js';
import { PURPOSE } from './key-management.js';

const NAME = 'Google Cloud KMS';
const SCOPE = 'https://www.googleapis.com/auth/cloudkms';
const AAD = Buffer.from(JSON.stringify(PURPOSE)).toString('base64');
const Encrypted = z.object({ ciphertext: z.string() });
const Decrypted = z.object({ plaintext: z.string() });

/**
 * Google Cloud KMS, by a symmetric key, over its HTTP API: https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.
 * Credentials are the application's default ones: of the machine, of a workload identity, or of GOOGLE_APPLICATION_CREDENTIALS.
 */
export function gcpKms(key: string, url = 'https://cloudkms.googleapis.com'): KeyManagement {
  // The key's name begins with its project. Without it the library looks for one, with gcloud or at the machine's metadata.
  const auth = new GoogleAuth({ scopes: [SCOPE], projectId: key.split('/')[1] });
  const ask = async (verb: string, body: object) => {
    const token = await auth.getAccessToken().catch((cause: unknown) => {
      throw new Error(`${NAME}: there is no access token`, { cause });
    });
    const address = `${url.replace(/\/+$/, '')}/v1/${key}:${verb}`;
    return askKms(
      NAME,
      address,
      { authorization: `Bearer ${token}` },
      { ...body, additionalAuthenticatedData: AAD },
    );
  };
  return {
    wrap: async (plain) =>
      Encrypted.parse(await ask('encrypt', { plaintext: plain.toString('base64') })).ciphertext,
    unwrap: async (ciphertext) =>
      Buffer.from(Decrypted.parse(await ask('decrypt', { ciphertext })).plaintext, 'base64'),
  };
}
