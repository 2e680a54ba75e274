import { KMS_LIMIT_MS, WrongKey } from './key-management.js';

const MOST_BYTES = 64 * 1024;

/** A request of JSON to a key management service. Nothing of what it answers is told but its status: it may be a secret. */
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
  const text = await response.text();
  if (response.ok && text.length <= MOST_BYTES) return JSON.parse(text) as unknown;
  const { status } = response;
  // Of the others 4xx: too many requests, a time-out. Vault is 503 while it is sealed.
  if (status >= 400 && status < 500 && status !== 429 && status !== 408)
    throw new WrongKey(`${name} refuses with ${status}`);
  throw new Error(`${name} answers ${status}`);
}
