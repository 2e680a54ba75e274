import { hasParts, readJson } from '@patchbay/contracts';

/**
 * How the arguments that models are shown differ from those that their provider takes: names that no model may use,
 * and objects of any fields, which some providers of models know only as text. Plain data, kept with its tool.
 */
export interface ArgumentForm {
  /** The provider's own names, by those that are shown. */
  names?: Record<string, string>;
  /** Of what stands in a field, by the name that is shown. */
  inside?: Record<string, ArgumentForm>;
  /** Of each item of a list. */
  items?: ArgumentForm;
  /** JSON text may stand for the object. */
  text?: true;
  /** The field whose own fields belong into this object itself. */
  further?: string;
}

type Values = Record<string, unknown>;

/** Arguments that name fields as their provider does, under the names that are shown. */
export function toShownNames(form: ArgumentForm | undefined, value: unknown): unknown {
  if (!form) return value;
  if (Array.isArray(value)) return value.map((item) => toShownNames(form.items, item));
  if (!isObject(value)) return value;
  const shown = new Map(Object.entries(form.names ?? {}).map(([name, own]) => [own, name]));
  return Object.fromEntries(
    Object.entries(value).map(([given, inner]) => {
      const name = shown.get(given) ?? given;
      return [name, toShownNames(ownOf(form.inside, name), inner)];
    }),
  );
}

/**
 * Arguments as their provider takes them.
 * @param issues gets a line for each that cannot be
 */
export function toProviderForm(
  form: ArgumentForm | undefined,
  value: unknown,
  issues: string[],
  path: readonly string[] = [],
): unknown {
  if (!form) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => toProviderForm(form.items, item, issues, [...path, String(index)]));
  }
  if (typeof value === 'string' && form.text) return objectIn(value, issues, path);
  return isObject(value) ? fieldsOf(form, value, issues, path) : value;
}

function fieldsOf(form: ArgumentForm, value: Values, issues: string[], path: readonly string[]): Values {
  const { further } = form;
  const fields = Object.entries(value)
    .filter(([name]) => name !== further)
    .map(([name, inner]) => [
      ownOf(form.names, name) ?? name,
      toProviderForm(ownOf(form.inside, name), inner, issues, [...path, name]),
    ]);
  const result = Object.fromEntries(fields) as Values;
  if (further === undefined || value[further] === undefined || value[further] === null) return result;
  const at = [...path, further];
  const more = toProviderForm(ownOf(form.inside, further), value[further], issues, at);
  for (const [name, inner] of isObject(more) ? Object.entries(more) : []) {
    if (Object.hasOwn(result, name))
      issues.push(`${[...at, name].join('.')}: is given as a field of its own already`);
    else
      Object.defineProperty(result, name, {
        value: inner,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return result;
}

function objectIn(text: string, issues: string[], path: readonly string[]): unknown {
  try {
    const value = readJson(text);
    if (isObject(value)) return value;
  } catch {
    // What is no JSON is told with what is no object.
  }
  issues.push(`${path.join('.')}: must be an object, or the JSON text of one`);
  return text;
}

function isObject(value: unknown): value is Values {
  return hasParts(value) && !Array.isArray(value);
}

/** Names come from outside, and some are those of what every object has. */
function ownOf<T>(values: Record<string, T> | undefined, name: string): T | undefined {
  return values && Object.hasOwn(values, name) ? values[name] : undefined;
}
