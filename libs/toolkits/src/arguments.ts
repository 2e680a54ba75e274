import { describeIssues, type JsonSchema } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ToolSpec } from './toolkit.js';

/** Arguments as a tool takes them, or what is wrong with them, one line a field. */
export type CheckedArguments = { ok: true; value: Record<string, unknown> } | { ok: false; issues: string[] };

/** An agent mends one line after the other: more of them at once only cost it. */
const MAX_ISSUES = 20;

/**
 * Checks what was given against a tool's own schema. Names that it does not have are dropped, and so is a
 * null where it takes none: providers of models send that for what may be left out. Nothing else is changed.
 * The defaults of imported tools are their provider's, and left to it.
 */
export function checkArguments(tool: ToolSpec, given: Record<string, unknown>): CheckedArguments {
  const schema = tool.input instanceof z.ZodType ? tool.input : compile(tool.input);
  const parsed = schema.safeParse(known(schema, given));
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, issues: describeIssues(parsed.error).slice(0, MAX_ISSUES) };
}

function known(schema: z.ZodObject, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      const field = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
      return field !== undefined && (value !== null || field.safeParse(null).success);
    }),
  );
}

/** Of the tools last run only: each is many times the size of what it was made from. */
const COMPILED = new LRUCache<JsonSchema, z.ZodObject>({ max: 500 });

function compile(schema: JsonSchema): z.ZodObject {
  const found = COMPILED.get(schema);
  if (found) return found;
  const compiled = z.fromJSONSchema(checkable(schema) as Parameters<typeof z.fromJSONSchema>[0]);
  if (!(compiled instanceof z.ZodObject)) throw new TypeError('The arguments of a tool are an object');
  COMPILED.set(schema, compiled);
  return compiled;
}

/**
 * Formats are the provider's to judge: many take a date where their document says a time. So are patterns, which
 * are somebody else's programs: one that never ends would be run here, for everybody.
 */
const UNCHECKED = new Set([
  'default',
  'format',
  'description',
  'file_uploadable',
  'pattern',
  'patternProperties',
]);

function checkable(value: unknown, isSchema = true): unknown {
  if (Array.isArray(value)) return value.map((item) => checkable(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isSchema || !UNCHECKED.has(key))
      // The keys of `properties` are names, not keywords.
      .map(([key, inner]) => [
        key,
        key === 'enum' && isSchema ? inner : checkable(inner, !isSchema || key !== 'properties'),
      ]),
  );
}
