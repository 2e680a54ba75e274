import { describeIssues, type JsonSchema } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { toProviderForm, toShownNames, type ArgumentForm } from './argument-form.js';
import { checkExact, withNumbers } from './exact-arguments.js';
import type { ToolSpec } from './toolkit.js';

/** Arguments as a tool takes them, or what is wrong with them, one line a field. */
export type CheckedArguments = { ok: true; value: Record<string, unknown> } | { ok: false; issues: string[] };

/** An agent mends one line after the other: more of them at once only cost it. */
const MAX_ISSUES = 20;

/**
 * Checks what was given against a tool's own schema, and makes of it what its provider takes. Arguments may have the
 * names that are shown or the provider's own. Names that it does not have are dropped unless it takes any, and so is
 * a null where it takes none: providers of models send that for what may be left out. A number too long for a
 * double is taken by its digits where the tool wants a text. Nothing else is changed.
 * The defaults of imported tools are their provider's, and left to it.
 */
export function checkArguments(tool: ToolSpec, given: Record<string, unknown>): CheckedArguments {
  const { input } = tool;
  const schema = input instanceof z.ZodType ? input : compile(input);
  const shown = toShownNames(shownForm(tool, schema), given) as Record<string, unknown>;
  const isOpen = !(input instanceof z.ZodType) && input['additionalProperties'] === true;
  const parsed = parseWithoutNulls(schema, isOpen ? shown : known(schema, shown));
  if (!parsed.success) return { ok: false, issues: describeIssues(parsed.error).slice(0, MAX_ISSUES) };
  const issues: string[] = [];
  const value = toProviderForm(tool.kind === 'function' ? undefined : tool.argumentForm, parsed.data, issues);
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, MAX_ISSUES) };
  return { ok: true, value: value as Record<string, unknown> };
}

/** With the names that an HTTP tool's arguments have at their provider, where no argument is called so. */
function shownForm(tool: ToolSpec, { shape }: z.ZodObject): ArgumentForm | undefined {
  if (tool.kind === 'function') return undefined;
  if (tool.kind === 'mcp') return tool.argumentForm;
  const names = Object.entries(tool.places ?? {}).flatMap(([shown, { name }]) =>
    name === undefined || Object.hasOwn(shape, name) ? [] : [[shown, name]],
  );
  if (names.length === 0) return tool.argumentForm;
  return { ...tool.argumentForm, names: Object.fromEntries(names) as Record<string, string> };
}

/**
 * Strict modes send null for whatever may be left out, inside of objects too: where that is what is wrong, the field
 * is left out.
 */
function parseWithoutNulls(
  schema: z.ZodObject,
  given: Record<string, unknown>,
): ReturnType<z.ZodObject['safeParse']> {
  const parsed = checkExact(schema, given);
  if (parsed.success) return parsed;
  const copy = withNumbers(given, (number) => number) as Record<string, unknown>;
  const dropped = parsed.error.issues.filter(({ path }) => dropNull(copy, path));
  return dropped.length > 0 ? checkExact(schema, copy) : parsed;
}

/** @returns whether there was a null in that field */
function dropNull(value: Record<string, unknown>, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const key of path.slice(0, -1)) at = isParent(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  const last = path.at(-1);
  if (!isParent(at) || Array.isArray(at) || last === undefined || at[last] !== null) return false;
  delete at[last];
  return true;
}

function isParent(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
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
