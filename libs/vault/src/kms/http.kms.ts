import { KMS_LIMIT_MS, WrongKey } from './key-management.js';

const MOST_BYTES = 64 * 1024;

/**
 * A request of JSON to a key management service. Nothing of what it answers is told but its status, as it may be a secret: not in
 * the words of a parser either, which quote what they could not read.
 */
export async function askKms(
  name: string,
  url: string,
  headers: Record<string, string>,
  body: object,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // What asks for keys with a credential follows nobody elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(KMS_LIMIT_MS),
    });
  } catch (cause) {
    throw new Error(`${name} does not answer at ${new URL(url).origin}`, { cause });
  }
  const { status } = response;
  if (response.ok) return readJson(name, response);
  await response.body?.cancel();
  // Of the others 4xx: too many requests, a time-out. Vault is 503 while it is sealed.
  if (status >= 400 && status < 500 && status !== 429 && status !== 408)
    throw new WrongKey(`${name} refuses with ${status}`);
  throw new Error(`${name} answers ${status}`);
}

async function readJson(name: string, response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Error(`${name} broke off its answer`);
  }
  if (bytes > MOST_BYTES) throw new Error(`${name} answers more than a key takes`);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch {
    throw new Error(`${name} answers something else than JSON`);
  }
}
