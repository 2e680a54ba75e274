import type { ToolFailure } from '../tool-runtime.js';

/** The status with which a provider refused; 0 when it was something else that failed. */
export function statusOf({ data }: ToolFailure): number {
  const { status_code: status } = data;
  return typeof status === 'number' ? status : 0;
}
