import { z } from 'zod';

export const id = (what: string) =>
  z.string().regex(/^\d+$/, 'must be a number').describe(`Id of the ${what}.`);
export const text = (what: string) => z.string().optional().describe(what);
export const list = (what: string) => z.array(z.looseObject({})).optional().describe(what);
export const object = (what: string) => z.looseObject({}).optional().describe(what);
export const Thing = z.looseObject({ id: z.string() });
export const success = z.object({ success: z.boolean() });
export const done = () => ({ success: true });
