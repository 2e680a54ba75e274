import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What each of the services knows the key as. */
export const KEYS = {
  aws: 'arn:aws:kms:eu-central-1:111122223333:key/one',
  gcp: 'projects/p/locations/l/keyRings/r/cryptoKeys/k',
  vault: 'kv/transit/patchbay',
};
export const VAULT_TOKEN = 'hvs.token';
const GCP_TOKEN = 'ya29.token';

type Answer = [status: number, body: object];

interface State {
  isDown: boolean;
  asked: number;
  /** What whoever else listens there answers. */
  instead: string | undefined;
}

/**
 * The three services' public HTTP APIs, as far as they are used. What is wrapped holds what it was bound to; that nobody reads it is the
 * business of the real ones.
 */
export async function startKmsFake() {
  const state: State = { isDown: false, asked: 0, instead: undefined };
  const server = createServer((request, response) => {
    void answerTo(request, state).then(([status, body]) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'metadata-flavor': 'Google' })
        .end(isMetadata(request) ? JSON.stringify(body) : (state.instead ?? JSON.stringify(body))),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    state,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerTo(request: IncomingMessage, state: State): Promise<Answer> {
  const path = request.url ?? '';
  const { 'x-amz-target': target, 'x-vault-token': token, authorization } = request.headers;
  const body = JSON.parse((await text(request)) || '{}') as Record<string, unknown>;
  // The metadata of a machine of Google's, which says who it is.
  if (isMetadata(request)) return [200, { access_token: GCP_TOKEN, expires_in: 3600, token_type: 'Bearer' }];
  state.asked += 1;
  if (state.isDown) return [503, {}];
  if (target) return ofAws(String(target), body);
  if (token !== undefined)
    return token === VAULT_TOKEN ? ofVault(path, body) : [403, { errors: ['permission denied'] }];
  return authorization === `Bearer ${GCP_TOKEN}` ? ofGcp(path, body) : [401, {}];
}

const isMetadata = ({ url = '' }: IncomingMessage) => url.startsWith('/computeMetadata/');
const wrapped = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64');
function unwrapped(text: string, ...bound: unknown[]): string | undefined {
  try {
    const [plain, ...parts] = JSON.parse(Buffer.from(text, 'base64').toString()) as string[];
    return JSON.stringify(parts) === JSON.stringify(bound) ? plain : undefined;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/ */
function ofAws(
  target: string,
  { KeyId, Plaintext, CiphertextBlob, EncryptionContext }: Record<string, unknown>,
): Answer {
  if (target === 'TrentService.Encrypt')
    return [200, { KeyId, CiphertextBlob: wrapped(Plaintext, KeyId, EncryptionContext) }];
  const plain = unwrapped(String(CiphertextBlob), KeyId, EncryptionContext);
  return plain === undefined
    ? [400, { __type: 'InvalidCiphertextException' }]
    : [200, { KeyId, Plaintext: plain }];
}

/** https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys */
function ofGcp(
  path: string,
  { plaintext, ciphertext, additionalAuthenticatedData: aad }: Record<string, unknown>,
): Answer {
  const [key, verb] = path.slice('/v1/'.length).split(':');
  if (verb === 'encrypt') return [200, { name: key, ciphertext: wrapped(plaintext, key, aad) }];
  const plain = unwrapped(String(ciphertext), key, aad);
  return plain === undefined ? [400, { error: { status: 'INVALID_ARGUMENT' } }] : [200, { plaintext: plain }];
}

/** https://developer.hashicorp.com/vault/api-docs/secret/transit */
function ofVault(path: string, { plaintext, ciphertext }: Record<string, unknown>): Answer {
  const { mount, verb, key } =
    /^\/v1\/(?<mount>.+)\/(?<verb>encrypt|decrypt)\/(?<key>[^/]+)$/.exec(path)?.groups ?? {};
  if (verb === 'encrypt')
    return [200, { data: { ciphertext: `vault:v1:${wrapped(plaintext, mount, key)}` } }];
  const plain = unwrapped(String(ciphertext).split(':')[2] ?? '', mount, key);
  return plain === undefined
    ? [400, { errors: ['invalid ciphertext'] }]
    : [200, { data: { plaintext: plain } }];
}
