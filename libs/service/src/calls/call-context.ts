import { CALL_TIMEOUT_MS, type CallContext } from '@patchbay/contracts';
import { currentContext } from '../context.js';

/**
 * What a call's message tells of its request. Only the methods that handle such messages use it, as replicas of the
 * version before, during a rolling update, tell it in the headers alone.
 */
export function callContextOf(given: CallContext | undefined): CallContext {
  if (given) return given;
  const {
    deadline = Date.now() + CALL_TIMEOUT_MS,
    storePayloads = true,
    isRetry = false,
  } = currentContext() ?? {};
  return { deadline, storePayloads, isRetry };
}
