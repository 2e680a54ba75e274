import { z } from 'zod';
import { askKms } from './http.kms.js';
import type { KeyManagement } from './key-management.js';

const NAME = 'Vault';
const Encrypted = z.object({ data: z.object({ ciphertext: z.string() }) });
const Decrypted = z.object({ data: z.object({ plaintext: z.string() }) });

/**
 * The transit engine of HashiCorp Vault or OpenBao, over its HTTP API: https://developer.hashicorp.com/vault/api-docs/secret/transit.
 * @param key `<mount>/<key>`, such as `transit/patchbay`
 * @param tokenOf the token as it is now
 */
export function vaultTransit(key: string, url: string, tokenOf: () => string): KeyManagement {
  const at = key.lastIndexOf('/');
  const [mount, name] = at > 0 ? [key.slice(0, at), key.slice(at + 1)] : ['transit', key];
  const ask = async (verb: string, body: object) =>
    askKms(
      NAME,
      `${url.replace(/\/+$/, '')}/v1/${mount}/${verb}/${name}`,
      { 'x-vault-token': tokenOf() },
      body,
    );
  return {
    wrap: async (plain) =>
      Encrypted.parse(await ask('encrypt', { plaintext: plain.toString('base64') })).data.ciphertext,
    unwrap: async (ciphertext) =>
      Buffer.from(Decrypted.parse(await ask('decrypt', { ciphertext })).data.plaintext, 'base64'),
  };
}
