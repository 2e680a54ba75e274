import { z } from 'zod';

/** Toolkit slugs are lower case; both cases are taken, as clients send both. */
export const ToolkitSlug = z
  .string()
  .min(1)
  .max(100)
  .transform((slug) => slug.toLowerCase());
/** Tool slugs are upper case, `TOOLKIT_ACTION`; both cases are taken. */
export const ToolSlug = z
  .string()
  .min(1)
  .max(200)
  .transform((slug) => slug.toUpperCase());

/** Tools under this prefix act on the session itself. */
const META_PREFIX = 'COMPOSIO_';

export function isMetaTool(slug: string): boolean {
  return slug.toUpperCase().startsWith(META_PREFIX);
}

/** The annotations of the Model Context Protocol, which also serve as tags of a tool. */
export const TOOL_HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;
