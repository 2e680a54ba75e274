import { CommanderError } from '@commander-js/extra-typings';
import { ApiError, ConnectionError, PatchbayError, TimeoutError } from '@patchbay/client';
import { ExitCode } from './exit-codes.js';

/** What the person at the command line can put right: a message, what to do, and the code to end with. */
export class CliError extends Error {
  override name = 'CliError';

  constructor(
    message: string,
    readonly suggestion?: string,
    readonly exitCode: ExitCode = ExitCode.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A wrong value on the command line that its parser cannot know to be wrong. */
export class UsageError extends CliError {
  override name = 'UsageError';

  constructor(message: string, suggestion?: string, options?: ErrorOptions) {
    super(message, suggestion, ExitCode.usage, options);
  }
}

/** Why a command failed, as it is told. */
export interface Failure {
  message: string;
  /** A line for each field that is wrong. */
  details: readonly string[];
  suggestion: string | undefined;
  /** Finds the request in the platform's logs. */
  requestId: string | undefined;
  /** The platform's name of the error. */
  slug: string | undefined;
  status: number | undefined;
  exitCode: ExitCode;
}

/** @param baseUrl where the platform was looked for */
export function failureOf(error: unknown, baseUrl?: string): Failure {
  const failure: Failure = {
    message: error instanceof Error ? error.message : String(error),
    details: [],
    suggestion: undefined,
    requestId: undefined,
    slug: undefined,
    status: undefined,
    exitCode: ExitCode.failed,
  };
  if (error instanceof ApiError) {
    const { details, suggestion, requestId, slug, status } = error;
    return { ...failure, details, suggestion, requestId, slug, status, exitCode: exitCodeOf(status) };
  }
  if (error instanceof ConnectionError) {
    const message = `${failure.message}${baseUrl === undefined ? '' : `: ${baseUrl}`}.`;
    const suggestion =
      'Is it running there? `patchbay doctor` says what is wrong; --url names another address.';
    return { ...failure, message, suggestion, exitCode: ExitCode.unreachable };
  }
  if (error instanceof TimeoutError) {
    const suggestion = 'Whether it was carried out is not known: look before you repeat it.';
    return { ...failure, message: `${failure.message}.`, suggestion, exitCode: ExitCode.unreachable };
  }
  if (error instanceof PatchbayError) return { ...failure, message: `${failure.message}.` };
  if (error instanceof CommanderError)
    return {
      ...failure,
      message: `${error.message.replace(/^error: /, '')}.`,
      suggestion: 'Add --help to see what there is.',
      exitCode: ExitCode.usage,
    };
  if (error instanceof CliError)
    return { ...failure, suggestion: error.suggestion, exitCode: error.exitCode };
  return failure;
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return ExitCode.notAllowed;
  return status === 404 ? ExitCode.notFound : ExitCode.failed;
}
