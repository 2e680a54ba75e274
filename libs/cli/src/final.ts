import { ApiError, ConnectionError, TimeoutError } from '@patchbay/client';

/** Whether a failure is one that another attempt would not change. */
export function isFinal(error: unknown): boolean {
  if (error instanceof ApiError) return error.status < 500 && error.status !== 429 && error.status !== 408;
  const passes = [ConnectionError, TimeoutError, TypeError];
  return !passes.some((kind) => error instanceof kind);
}
