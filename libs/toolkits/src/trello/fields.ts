import { z } from 'zod';

export const text = (what: string) => z.string().optional().describe(what);
export const id = (what: string) => z.string().min(1).describe(`Id of the ${what}.`);
export const fields = (fallback?: string) => {
  const field = z.string().describe('Which fields to tell, joined by commas, or all.');
  return fallback ? field.default(fallback) : field.optional();
};
export const Thing = z.looseObject({ id: z.string(), name: z.string().optional() });

export const flags = {
  closed: text('true puts it away, false brings it back.'),
  subscribed: text('true follows it.'),
};
export const position = text('Where it goes: top, bottom, or a number.');
