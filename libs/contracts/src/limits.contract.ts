import { z } from 'zod';
import { defineSignal } from './define.js';

/** Entries of one signal: with long keys it stays below 100 kB. */
export const MAX_SPENT_ENTRIES = 500;

/**
 * What one replica of the gateway counted against its limits since it last said so. The others add it to their own
 * counts. A replica that misses one lets through so much more, and no longer than the window lasts.
 */
export const limitsSpent = defineSignal(
  'signals.gateway.limits.spend',
  z.object({
    /** The replica that counted: it hears its own signals too. */
    from: z.string().max(60),
    /** Windows are as long, and begin, alike on all replicas: they are numbered from 1970. */
    windowSeconds: z.int().positive(),
    window: z.int().positive(),
    /** The limit's name, whom it counts, and how much was counted. */
    spent: z
      .array(z.tuple([z.string().max(40), z.string().max(120), z.int().positive()]))
      .max(MAX_SPENT_ENTRIES),
  }),
);
