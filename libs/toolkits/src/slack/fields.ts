import { z } from 'zod';
import type { ToolRequest } from '../tool-runtime.js';

export const channel = z.string().min(1).describe('Id of the channel, such as C0123456789, or its name.');
export const user = z.string().min(1).describe('Id of the person, such as U0123456789.');
export const ts = z.string().min(1).describe('`ts` of the message: its time, and its id within the channel.');
export const cursor = z.string().optional().describe('`next_cursor` of the page before.');
export const limit = (what: string) => z.int().min(1).max(999).describe(`${what} at most.`);
export const types = z
  .string()
  .optional()
  .describe('Kinds joined by commas: public_channel, private_channel, mpim, im.');
export const flag = (what: string) => z.boolean().optional().describe(`Whether ${what}.`);

export const Ok = z.looseObject({ ok: z.boolean() });
export const Page = Ok.extend({
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

/** Every method takes a form, and only some take JSON; lists and objects inside are JSON texts. */
export function call(method: string, fields: Record<string, unknown>): ToolRequest {
  return { method: 'POST', url: `/${method}`, body: { form: fields } };
}
