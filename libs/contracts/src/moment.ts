import { z } from 'zod';

/** The end of the year 9999: databases know days that far. */
export const LAST_MOMENT = 253_402_214_400_000;

/** Epoch milliseconds. */
export const Moment = z.number().min(0).max(LAST_MOMENT);
