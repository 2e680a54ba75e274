import { z } from 'zod';

export const gid = (what: string) => z.string().min(1).describe(`Id of the ${what}.`);
export const text = (what: string) => z.string().optional().describe(what);
export const options = {
  opt_fields: z
    .array(z.string())
    .optional()
    .describe('Which fields to tell, such as name, due_on, assignee.name.'),
  opt_pretty: z.boolean().optional().describe('Whether the answer is set in lines.'),
};
export const paging = {
  limit: z.int().min(1).max(100).optional().describe('How many a page.'),
  offset: text('`next_page.offset` of the page before.'),
};
const Thing = z.looseObject({ gid: z.string() });
export const One = z.object({ data: Thing });
export const Many = z.looseObject({ data: z.array(Thing), next_page: z.unknown().optional() });
export const Flat = Thing;

/** Lists in Asana's query are joined by commas. */
export const inQuery = ({ opt_fields, ...rest }: Record<string, unknown>) => ({
  ...rest,
  opt_fields: (opt_fields as string[] | undefined)?.join(','),
});
/** What tools of one flat answer tell of Asana's `data`. */
export const unwrap = (body: unknown) => z.object({ data: Thing }).parse(body).data;
