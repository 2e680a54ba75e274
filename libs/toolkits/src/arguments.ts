import { z } from 'zod';
import { checkerOf, type ArgumentChecker, type Checked } from './argument-checker.js';
import { toProviderForm, toShownNames, type ArgumentForm } from './argument-form.js';
import { checkExact, withNumbers } from './exact-arguments.js';
import type { ToolSpec } from './toolkit.js';

/** Arguments as a tool takes them, or what is wrong with them, one line a field. */
export type CheckedArguments = { ok: true; value: Record<string, unknown> } | { ok: false; issues: string[] };

/** An agent fixes one line after the other: more of them at once only cost tokens. */
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
  const checker = checkerOf(input);
  const shown = toShownNames(shownForm(tool, checker), given) as Record<string, unknown>;
  const isOpen = !(input instanceof z.ZodType) && input['additionalProperties'] === true;
  const checked = checkWithoutNulls(checker, isOpen ? shown : known(checker, shown));
  if (!checked.ok) return { ok: false, issues: checked.issues.slice(0, MAX_ISSUES).map(({ text }) => text) };
  const issues: string[] = [];
  const value = toProviderForm(
    tool.kind === 'function' ? undefined : tool.argumentForm,
    checked.value,
    issues,
  );
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, MAX_ISSUES) };
  return { ok: true, value: value as Record<string, unknown> };
}

/** With the names that an HTTP tool's arguments have at their provider, where no argument is called so. */
function shownForm(tool: ToolSpec, checker: ArgumentChecker): ArgumentForm | undefined {
  if (tool.kind === 'function') return undefined;
  if (tool.kind === 'mcp') return tool.argumentForm;
  const names = Object.entries(tool.places ?? {}).flatMap(([shown, { name }]) =>
    name === undefined || checker.hasName(name) ? [] : [[shown, name]],
  );
  if (names.length === 0) return tool.argumentForm;
  return { ...tool.argumentForm, names: Object.fromEntries(names) as Record<string, string> };
}

/**
 * Strict modes send null for whatever may be left out, inside of objects too: where that is what is wrong, the field
 * is left out.
 */
function checkWithoutNulls(checker: ArgumentChecker, given: Record<string, unknown>): Checked {
  const checked = checkExact(checker, given);
  if (checked.ok) return checked;
  const copy = withNumbers(given, (number) => number) as Record<string, unknown>;
  const dropped = checked.issues.filter(({ path }) => dropNull(copy, path));
  return dropped.length > 0 ? checkExact(checker, copy) : checked;
}

/** @returns whether there was a null in that field */
function dropNull(value: Record<string, unknown>, path: readonly string[]): boolean {
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

function known(checker: ArgumentChecker, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => checker.hasName(name) && (value !== null || checker.takesNull(name)),
    ),
  );
}
