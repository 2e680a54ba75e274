import { AppError, DEFAULT_POLL_INTERVAL_MINUTES, describeIssues } from '@patchbay/contracts';
import type { TriggerSpec } from '@patchbay/toolkits';
import { z } from 'zod';

/** A month: who waits longer does not wait for an event. */
const MAX_INTERVAL_MINUTES = 31 * 24 * 60;

/** Of every type that can be polled, whether this installation polls it or not: settings go with their owner. */
export const intervalSchema = z
  .number()
  .min(DEFAULT_POLL_INTERVAL_MINUTES)
  .max(MAX_INTERVAL_MINUTES)
  .default(DEFAULT_POLL_INTERVAL_MINUTES)
  .describe('Minutes between two looks at the provider.');

export interface CheckedConfig {
  config: Record<string, unknown>;
  interval?: number;
}

/**
 * Settings with their defaults.
 * @throws AppError `invalid_request` naming each that is wrong, missing or not known
 */
export function checkConfig(spec: TriggerSpec, given: Record<string, unknown>): CheckedConfig {
  const { config, slug, poll } = spec;
  const schema = poll ? config.extend({ interval: intervalSchema }) : config;
  const parsed = schema.strict().safeParse(given);
  if (!parsed.success) {
    const issues = describeIssues(parsed.error, 'trigger_config');
    throw new AppError('invalid_request', `The settings of ${slug} are not right: ${issues.join('; ')}.`, {
      issues,
      suggestion: `The type's config schema says what it takes: ${Object.keys(schema.shape).join(', ') || 'nothing'}.`,
    });
  }
  const { interval } = parsed.data as { interval?: number };
  return { config: parsed.data, ...(interval !== undefined && { interval }) };
}

/** What the type itself is given: what was checked when the instance was made may be of an older version by now. */
export function configFor(spec: TriggerSpec, config: Record<string, unknown>): Record<string, unknown> {
  const { interval: _, ...own } = config;
  const parsed = spec.config.safeParse(own);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(parsed.error, 'trigger_config');
  throw new AppError(
    'invalid_request',
    `The settings do not fit ${spec.slug} any more: ${issues.join('; ')}.`,
    {
      issues,
      suggestion: 'Make the trigger again with settings as its type asks for them now.',
    },
  );
}
