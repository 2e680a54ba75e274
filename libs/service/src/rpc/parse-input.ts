import { AppError, boundedMessage, describeIssues } from '@patchbay/contracts';
import type { z } from 'zod';

/**
 * Parses what came from outside, or throws `invalid_request` naming each wrong field.
 * @param name of the value itself, where it is not a body
 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown, name?: string): z.output<T> {
  const parsed = schema.safeParse(value, { error: boundedMessage });
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error, name);
  throw new AppError('invalid_request', `Invalid input: ${issues.join('; ')}`, { issues });
}
