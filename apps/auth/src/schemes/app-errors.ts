import { AppError } from '@patchbay/contracts';
import { ProviderRefusal, ProviderTrouble, type TroubleKind } from './provider-errors.js';

/** A provider's error for the user of a form, who can correct a refused entry or retry after a transient error. */
export async function orAppError<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asAppError(name, error);
  }
}

/** @param name of the provider */
export function asAppError(name: string, error: unknown): unknown {
  const { message } = error as Error;
  if (error instanceof ProviderRefusal) {
    return new AppError('credential_refused', `${name} refused: ${message}`, { cause: error });
  }
  if (!(error instanceof ProviderTrouble)) return error;
  return new AppError('unavailable', `${TROUBLE_WORDS[error.kind](name)}: ${message}`, { cause: error });
}

const TROUBLE_WORDS: Record<TroubleKind, (name: string) => string> = {
  unreachable: (name) => `${name} gave no answer`,
  unavailable: (name) => `${name} cannot do this at the moment`,
  unusable: (name) => `${name} answered with nothing that could be used`,
};
