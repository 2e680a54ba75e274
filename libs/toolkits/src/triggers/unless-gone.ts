import { ToolFailure } from '../tool-runtime.js';
import { statusOf } from './refusals.js';

/** What is not there needs not be taken away. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ToolFailure && [404, 410].includes(statusOf(error)))) throw error;
}
