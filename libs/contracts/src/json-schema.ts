import { z } from 'zod';

/** A JSON Schema object, draft 2020-12, with local references only. */
export const JsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof JsonSchema>;
