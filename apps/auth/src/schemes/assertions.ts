import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { FieldValues } from '@patchbay/contracts';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { ProviderRefusal } from './provider-errors.js';

const GoogleKeyFile = z.object({ client_email: z.string(), private_key: z.string() });

/** https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests */
export function googleAssertionOf(values: FieldValues, audience: string, scopes: string[]): Promise<string> {
  const { client_email: issuer, private_key: key } = readKeyFile(values['credentials_json'] ?? '');
  return new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(readPrivateKey(key));
}

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
export function assertionOf(values: FieldValues): Promise<string> {
  return (
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(values['application_id'] ?? '')
      // A minute back, as clocks differ.
      .setIssuedAt(Math.floor(Date.now() / 1000) - 60)
      .setExpirationTime('9m')
      .sign(readPrivateKey(values['private_key'] ?? ''))
  );
}

function readKeyFile(text: string): z.infer<typeof GoogleKeyFile> {
  try {
    return GoogleKeyFile.parse(JSON.parse(text));
  } catch {
    // No cause: a parser's message may repeat what it read.
    throw new ProviderRefusal('invalid_grant', 'The key file is not the JSON of a service account.');
  }
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    throw new ProviderRefusal('invalid_grant', 'The private key is not in PEM form.');
  }
}
