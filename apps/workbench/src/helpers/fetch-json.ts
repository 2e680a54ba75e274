import { AppError } from '@patchbay/contracts';

/** More would fill the sandbox that asked for it. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A service that the operator named. Its address is trusted, its answer is not. */
export interface BackEnd {
  /** Its name in messages: "The language model". */
  name: string;
  url: URL;
  limitSeconds: number;
  /** Which settings an operator looks at when it refuses. */
  settings: string;
}

/** @throws AppError `unavailable` with the kind of failure, never with text of the back end */
export async function fetchJson(
  { name, url, limitSeconds, settings }: BackEnd,
  init: RequestInit = {},
): Promise<unknown> {
  const signal = AbortSignal.timeout(limitSeconds * 1000);
  try {
    const response = await fetch(url, { ...init, signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError('unavailable', `${name} answered with status ${response.status}.`, {
        suggestion: `The operator looks at ${settings}.`,
      });
    }
    return parse(name, await readText(name, response, MAX_BYTES));
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal.aborted) {
      throw new AppError('unavailable', `${name} took longer than ${limitSeconds} seconds.`, {
        cause: error,
      });
    }
    throw new AppError('unavailable', `${name} could not be reached.`, {
      suggestion: `The operator looks at ${settings}.`,
      cause: error,
    });
  }
}

/** @throws AppError `unavailable` when it is larger */
export async function readText(name: string, response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the transfer.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('unavailable', `${name} sent more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('unavailable', `${name} sent an answer that is not JSON.`, { cause });
  }
}
