import { z } from 'zod';

export const pollingSettings = {
  /** Instances that one project may have; 0 sets no bound. */
  PATCHBAY_TRIGGER_INSTANCES: z.coerce.number().int().min(0).max(10_000_000).default(20_000),
  /** Polls under way at once in one process; one project has half of them at most. */
  PATCHBAY_TRIGGER_POLLS: z.coerce.number().int().min(1).max(1_000).default(64),
  /** No instance is polled more often than this, whatever its config says. */
  PATCHBAY_TRIGGER_INTERVAL_FLOOR_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
  /** Polls that fail in a row, of one instance, before it is disabled. */
  PATCHBAY_TRIGGER_FAILURES: z.coerce.number().int().min(1).max(1_000).default(10),
};
