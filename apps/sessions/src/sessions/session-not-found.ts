import { AppError } from '@patchbay/contracts';

/** The same error for a session that is unknown, deleted or another project's. */
export function sessionNotFound(id: string): AppError {
  return new AppError('session_not_found', `There is no session ${id}.`, {
    suggestion: 'Create one with POST /api/v3.1/tool_router/session.',
  });
}
