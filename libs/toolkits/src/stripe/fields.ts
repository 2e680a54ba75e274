import { hasParts } from '@patchbay/contracts';
import { z } from 'zod';
import { requestTool, type FunctionTool } from '../toolkit.js';
import { path, type ToolRequest } from '../tool-runtime.js';

export const Thing = z.looseObject({ id: z.string(), object: z.string().optional() });
export const Listed = z.looseObject({ data: z.array(Thing), has_more: z.boolean().optional() });

export const text = (what: string) => z.string().optional().describe(what);
export const number = (what: string) => z.int().optional().describe(what);
export const flag = (what: string) => z.boolean().optional().describe(what);
export const object = (what: string) => z.looseObject({}).optional().describe(what);
export const list = (what: string) => z.array(z.looseObject({})).optional().describe(what);
export const texts = (what: string) => z.array(z.string()).optional().describe(what);
export const metadata = z.record(z.string(), z.string()).optional().describe('Notes of your own, by name.');
export const customer = text('Id of the customer, such as cus_123.');
export const currency = z.string().length(3).describe('Currency, three letters in lower case, such as eur.');
export const amount = (what: string) => z.int().min(0).describe(`${what}, in the smallest unit: cents.`);

export const paging = {
  limit: z.int().min(1).max(100).optional().describe('How many at most; 10 unless said otherwise.'),
  starting_after: text('Id of the last one of the page before.'),
  ending_before: text('Id of the first one of the page after.'),
};
export const created = z
  .object({
    gt: number('After this, in seconds since 1970.'),
    gte: number('At or after this.'),
    lt: number('Before this.'),
    lte: number('At or before this.'),
  })
  .optional()
  .describe('Only those made in this time.');

/** Stripe takes forms, with brackets for what is nested. */
export const post = (url: string, form: Record<string, unknown>): ToolRequest => ({
  method: 'POST',
  url,
  body: { form },
});

export function listTool(
  slug: string,
  name: string,
  description: string,
  url: string,
  filters: z.ZodRawShape,
  tags: string[] = [],
): FunctionTool {
  return requestTool({
    slug,
    name,
    description,
    input: z.object({ ...filters, ...paging }),
    output: Listed,
    covers: [`GET ${url}`],
    tags: ['readOnlyHint', ...tags],
    request: (given) => ({ method: 'GET', url, query: bracketed(given) }),
  });
}

export function getTool(
  slug: string,
  name: string,
  description: string,
  folder: string,
  id: string,
): FunctionTool {
  return requestTool({
    slug,
    name,
    description,
    input: z.object({ [id]: z.string().min(1).describe('Its id.') }),
    output: Thing,
    covers: [`GET /v1/${folder}/{${id}}`],
    tags: ['readOnlyHint'],
    request: (given) => ({ method: 'GET', url: `/v1/${folder}${path`/${String(given[id])}`}` }),
  });
}

/** `{ created: { gte: 1 }, ids: ['a'] }` as `created[gte]=1&ids[]=a`. */
function bracketed(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
      if (Array.isArray(value)) return [[`${name}[]`, value]];
      if (!hasParts(value)) return [[name, value]];
      return Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, inner]);
    }),
  );
}
