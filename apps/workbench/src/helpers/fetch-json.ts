import { AppError } from '@patchbay/contracts';

const LIMIT_MS = 120_000;

/** JSON of a service that the operator named; its address is trusted, its answer is not. */
export async function fetchJson(who: string, url: URL, init: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError('unavailable', `${who} answered with status ${response.status}.`);
    }
    return await response.json();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('unavailable', `${who} could not be reached.`, { cause: error });
  }
}
