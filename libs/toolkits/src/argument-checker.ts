import { describeIssues, type JsonSchema } from '@patchbay/contracts';
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { checkableSchema, takesNull } from './checkable-schema.js';
import { toIssues, type ArgumentIssue } from './validation-issues.js';

export type Checked = { ok: true; value: unknown } | { ok: false; issues: ArgumentIssue[] };

/** Checks the arguments of one tool, whichever way its schema is written. */
export interface ArgumentChecker {
  hasName(name: string): boolean;
  /** Whether null is a value of that argument. */
  takesNull(name: string): boolean;
  check(value: unknown): Checked;
}

export function checkerOf(input: z.ZodObject | JsonSchema): ArgumentChecker {
  return input instanceof z.ZodType ? new ZodChecker(input) : importedChecker(input);
}

/** Of a tool written by hand. */
class ZodChecker implements ArgumentChecker {
  constructor(private readonly schema: z.ZodObject) {}

  hasName(name: string): boolean {
    return Object.hasOwn(this.schema.shape, name);
  }

  takesNull(name: string): boolean {
    return this.hasName(name) && (this.schema.shape[name] as z.ZodType).safeParse(null).success;
  }

  check(value: unknown): Checked {
    const { success, data, error } = this.schema.safeParse(value);
    if (success) return { ok: true, value: data };
    const texts = describeIssues(error);
    const issues = error.issues.map(({ path }, at) => ({ path: path.map(String), text: texts[at] ?? '' }));
    return { ok: false, issues };
  }
}

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  // `constructor` and the like are arguments like any other.
  ownProperties: true,
  validateSchema: false,
  meta: false,
  validateFormats: false,
  messages: false,
  // Most validators run a few times only: to optimize them takes longer than it saves.
  code: { optimize: false },
};

/**
 * Of a tool that was imported. Its schema may be untrusted: no more is compiled of it than `checkableSchema` lets
 * through.
 */
class ImportedChecker implements ArgumentChecker {
  private readonly properties: Record<string, JsonSchema>;
  private readonly validate: ValidateFunction;

  constructor(private readonly schema: JsonSchema) {
    this.properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
    // An Ajv of its own, as each keeps for good whatever it has compiled.
    this.validate = new Ajv(OPTIONS).compile(schema);
  }

  hasName(name: string): boolean {
    return Object.hasOwn(this.properties, name);
  }

  takesNull(name: string): boolean {
    return this.hasName(name) && takesNull(this.properties[name] ?? {});
  }

  check(value: unknown): Checked {
    if (this.validate(value)) return { ok: true, value };
    const errors = this.validate.errors ?? [];
    this.validate.errors = null;
    return { ok: false, issues: toIssues(errors, this.schema, value) };
  }
}

/** Of the tools run last: a validator takes about 3 KB for each schema that is in its own. */
const CHECKERS = new LRUCache<JsonSchema, ImportedChecker>({ max: 500, maxSize: 10_000 });

function importedChecker(input: JsonSchema): ImportedChecker {
  const known = CHECKERS.get(input);
  if (known) return known;
  if (input['type'] !== 'object') throw new TypeError('The arguments of a tool are an object');
  const { schema, size } = checkableSchema(input);
  const checker = new ImportedChecker(schema);
  CHECKERS.set(input, checker, { size });
  return checker;
}
