import { AppError, type SessionScope } from '@patchbay/contracts';
import { isToolkitInScope } from './scope.js';

/** The error of what a session does not allow. */
export function restricted(code: 'toolkit_not_allowed' | 'tool_not_allowed', reason: string): AppError {
  return new AppError(code, `[Session Restriction] ${reason}`);
}

/** @throws AppError `toolkit_not_allowed` */
export function requireToolkitInScope(scope: SessionScope, toolkit: string): void {
  if (isToolkitInScope(scope, toolkit)) return;
  throw restricted('toolkit_not_allowed', `The toolkit ${toolkit} is not allowed in this session.`);
}
