import { z } from 'zod';
import { AppError } from './error.js';
import { JsonSchema } from './json-schema.js';

const CustomSlug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/, 'may hold letters, digits, _ and - only')
  .refine((slug) => !/^(LOCAL|COMPOSIO)_/i.test(slug), 'must not begin with LOCAL_ or COMPOSIO_');

/** The schema of named arguments: a tool is never called with anything but an object. */
const ArgumentsSchema = JsonSchema.refine(
  ({ type, properties }) =>
    type === 'object' && typeof properties === 'object' && properties !== null && !Array.isArray(properties),
  'must have type "object" and properties',
);

const tool = {
  slug: CustomSlug,
  name: z.string().min(1).max(200),
  description: z.string().min(1).max(4_000),
  inputSchema: ArgumentsSchema,
  outputSchema: JsonSchema.optional(),
  preload: z.boolean().optional(),
};

/** A tool that runs in the caller's own process: Patchbay finds it and names it, and never runs it. */
export const CustomTool = z.strictObject({ ...tool, extendsToolkit: z.string().min(1).max(100).optional() });
export type CustomTool = z.infer<typeof CustomTool>;

export const CustomToolkit = z.strictObject({
  slug: CustomSlug,
  name: z.string().min(1).max(200),
  description: z.string().min(1).max(4_000),
  preload: z.boolean().optional(),
  tools: z.array(z.strictObject(tool)).min(1).max(200),
});
export type CustomToolkit = z.infer<typeof CustomToolkit>;

/** The custom tools of one request. They are never stored: a caller sends them whenever they matter. */
export const CustomTools = z.strictObject({
  tools: z.array(CustomTool).max(200).default([]),
  toolkits: z.array(CustomToolkit).max(50).default([]),
});
export type CustomTools = z.infer<typeof CustomTools>;

/** A custom tool under the slug that agents call it by. */
const named = { slug: z.string(), originalSlug: z.string() };
export const NamedCustomTool = z.object({ ...CustomTool.shape, ...named });
export type NamedCustomTool = z.infer<typeof NamedCustomTool>;

/** Custom tools with their final slugs, in the order in which they were given. */
export const NamedCustomTools = z.object({
  tools: z.array(NamedCustomTool),
  toolkits: z.array(
    z.object({ ...CustomToolkit.shape, slug: z.string(), tools: z.array(z.object({ ...tool, ...named })) }),
  ),
});
export type NamedCustomTools = z.infer<typeof NamedCustomTools>;

/** What the final slug of every custom tool begins with. */
export const CUSTOM_TOOL_PREFIX = 'LOCAL_';

/** @throws AppError `invalid_request`: only the process that defined a custom tool can run it */
export function refuseCustomTool(slug: string): void {
  if (!slug.toUpperCase().startsWith(CUSTOM_TOOL_PREFIX)) return;
  throw new AppError('invalid_request', `${slug} is a custom tool: it runs in the process that brought it.`, {
    suggestion: 'Run it through the SDK session that it was given to.',
  });
}
