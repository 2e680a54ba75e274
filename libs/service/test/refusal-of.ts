import { AppError } from '@patchbay/contracts';

/** The AppError with which the promise rejects; anything else fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}
