import { AppError, describeIssues } from '@patchbay/contracts';
import type { z } from 'zod';

/** Parses what came from outside, or throws `invalid_request` naming each wrong field. */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error);
  throw new AppError('invalid_request', `Invalid input: ${issues.join('; ')}`, { issues });
}
