import type { JsonSchema } from '@patchbay/contracts';
import type { ErrorObject } from 'ajv';

/** What is wrong with one argument. */
export interface ArgumentIssue {
  path: readonly string[];
  /** A line with the path in it: `labels.0.name: is required (string)`. */
  text: string;
}

interface Found extends ArgumentIssue {
  error: ErrorObject;
  /** Whether the value is of the right type, and only too small or too large. */
  isBound: boolean;
}

/** Errors of a validator in the words that tools written by hand have (`describeIssues`). */
export function toIssues(
  errors: readonly ErrorObject[],
  schema: JsonSchema,
  value: unknown,
): ArgumentIssue[] {
  const found: Found[] = [];
  for (const error of errors) {
    if (error.keyword === 'anyOf') {
      for (const one of ofUnion(error, variantsOf(error, found))) found.push(one);
    } else if (!isOfWrongType(error, found.at(-1))) found.push(describe(error, schema, value));
  }
  return found.map(({ path, text }) => ({ path, text }));
}

/** Takes off the issues of a union's variants, which come right before its own. */
function variantsOf(union: ErrorObject, found: Found[]): Found[] {
  let begin = found.length;
  while (begin > 0 && isInside(found[begin - 1]?.error, union)) begin -= 1;
  return found.splice(begin);
}

function isInside(error: ErrorObject | undefined, union: ErrorObject): boolean {
  if (!error?.schemaPath.startsWith(`${union.schemaPath}/`)) return false;
  const { instancePath } = error;
  return instancePath === union.instancePath || instancePath.startsWith(`${union.instancePath}/`);
}

/** Where the value is of one variant's type, its bounds are what is wrong. */
function ofUnion(union: ErrorObject, found: readonly Found[]): Found[] {
  const variants = new Map<string, Found[]>();
  for (const one of found) {
    const variant = one.error.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
    const issues = variants.get(variant);
    if (issues) issues.push(one);
    else variants.set(variant, [one]);
  }
  const [variant, ...others] = [...variants.values()].filter((issues) =>
    issues.every(({ isBound }) => isBound),
  );
  if (variant && others.length === 0) return variant;
  return [issue(union, pathOf(union.instancePath), 'Invalid input')];
}

/** Bounds of a fraction where an integer is wanted. */
function isOfWrongType({ keyword, instancePath }: ErrorObject, last: Found | undefined): boolean {
  return (
    (keyword === 'minimum' || keyword === 'maximum') &&
    last?.error.keyword === 'type' &&
    last.error.instancePath === instancePath
  );
}

function describe(error: ErrorObject, schema: JsonSchema, value: unknown): Found {
  const { keyword, instancePath, schemaPath } = error;
  const params = error.params as Record<string, unknown>;
  const path = pathOf(instancePath);
  switch (keyword) {
    case 'required': {
      const name = String(params['missingProperty']);
      // Of the form `#/properties/labels/required`, in which names are encoded for an address.
      const place = pathOf(schemaPath).slice(0, -1).map(decodeURIComponent);
      const parent = at(schema, place);
      return issue(error, [...path, name], missing(at(parent, ['properties', name]) as JsonSchema));
    }
    case 'type':
      return issue(error, path, wrongType(String(params['type']), at(value, path)));
    case 'enum':
      return issue(error, path, oneOf(params['allowedValues'] as unknown[]));
    case 'minimum':
      return issue(error, path, `Too small: expected ${boundOf(params)} to be >=${String(params['limit'])}`);
    case 'maximum':
      return issue(error, path, `Too big: expected ${boundOf(params)} to be <=${String(params['limit'])}`);
    case 'minItems':
      return issue(error, path, `Too small: expected array to have >=${String(params['limit'])} items`);
    case 'maxItems':
      return issue(error, path, `Too big: expected array to have <=${String(params['limit'])} items`);
    default:
      return issue(error, path, 'Invalid input');
  }
}

function issue(error: ErrorObject, path: readonly string[], what: string): Found {
  const isBound = ['minimum', 'maximum', 'minItems', 'maxItems'].includes(error.keyword);
  return { error, isBound, path, text: `${path.join('.') || 'body'}: ${what}` };
}

function missing({ type, enum: values }: JsonSchema): string {
  if (Array.isArray(values)) return oneOf(values);
  return typeof type === 'string' ? `is required (${kindOf(type)})` : 'Invalid input';
}

function wrongType(type: string, value: unknown): string {
  if (type === 'integer' && typeof value === 'number') return 'expected int, received number';
  const received = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return `expected ${kindOf(type)}, received ${received}`;
}

/** Beyond these bounds a double is no integer any more. */
function boundOf({ limit }: Record<string, unknown>): string {
  return Math.abs(Number(limit)) === Number.MAX_SAFE_INTEGER ? 'int' : 'number';
}

function kindOf(type: string): string {
  return type === 'integer' ? 'number' : type;
}

function oneOf(values: readonly unknown[]): string {
  const list = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value))).join('|');
  return values.length === 1 ? `expected ${list}` : `Invalid option: expected one of ${list}`;
}

/** The names in a JSON pointer. */
function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, name)
        ? Reflect.get(part, name)
        : undefined,
    value,
  );
}
