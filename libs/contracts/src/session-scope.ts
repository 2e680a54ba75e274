import { z } from 'zod';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

const EnabledOrDisabled = <T extends z.ZodType>(item: T) =>
  z.union([z.strictObject({ enabled: z.array(item) }), z.strictObject({ disabled: z.array(item) })]);

export const TagFilter = z.strictObject({
  enabled: z.array(z.string()).optional(),
  disabled: z.array(z.string()).optional(),
});
export type TagFilter = z.infer<typeof TagFilter>;

export const ToolFilter = z.union([EnabledOrDisabled(ToolSlug), z.strictObject({ tags: TagFilter })]);
export type ToolFilter = z.infer<typeof ToolFilter>;

/** What a session may use. How the parts combine: docs/api/sessions.md#scope. */
export const SessionScope = z.strictObject({
  /** Absent: every toolkit. */
  toolkits: EnabledOrDisabled(ToolkitSlug).optional(),
  tools: z.record(ToolkitSlug, ToolFilter).default({}),
  tags: TagFilter.default({}),
});
export type SessionScope = z.infer<typeof SessionScope>;
