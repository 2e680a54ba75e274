import type { JsonSchema } from '@patchbay/contracts';
import type { ArgumentForm } from '../argument-form.js';
import { freeFieldName, shownNames } from './names.js';
import { anything, KINDS, openObject, saysNothing, type ObjectKind, type Shape } from './shape.js';

/** Longer lists of values cost a model more than they tell it, and providers limit them. */
const MAX_ENUM = 80;
const SHOWN_OF_LONG_ENUM = 12;
const MAX_OWN_NAME = 100;

/** The argument, or field, whose fields are further ones of the object that it stands in. */
export const FURTHER_FIELDS = 'additional_properties';

export interface InputStyle {
  /** Whether an object of any fields may come as JSON text too: where objects are closed, models have no other way. */
  texts: boolean;
}

/** The shape as JSON Schema, for arguments: in the subset of it that all model providers take. */
export function toInputSchema(shape: Shape, style: InputStyle = { texts: false }): JsonSchema {
  const kinds = saysNothing(shape) ? anything() : shape;
  const alternatives = KINDS.flatMap((kind) => (kinds[kind] ? inputKind(kinds, kind, style) : []));
  const [only = {}] = alternatives;
  const notes = only['description'];
  const description = [shape.description, alternatives.length === 1 ? notes : undefined]
    .filter(Boolean)
    .join(' ');
  return {
    ...(alternatives.length === 1 ? only : { anyOf: alternatives }),
    ...(description && { description }),
    ...(suitsDefault(kinds, shape.default) && { default: shape.default }),
  };
}

/** What is to be done to arguments of that schema before their provider sees them; undefined for nothing. */
export function toArgumentForm(shape: Shape): ArgumentForm | undefined {
  const { object, array } = saysNothing(shape) ? anything() : shape;
  const items = array && toArgumentForm(array.items);
  const fields = object && !object.file ? formOfFields(object) : {};
  const text = object && takesText(shape, object) ? { text: true as const } : {};
  const form: ArgumentForm = { ...fields, ...text, ...(items && { items }) };
  return Object.keys(form).length > 0 ? form : undefined;
}

function formOfFields(object: ObjectKind): ArgumentForm {
  const shown = shownNames(object.properties.keys());
  const names = [...shown].flatMap(([own, name]) => (own === name ? [] : [[name, own]]));
  const inside = [...object.properties].flatMap(([own, shape]) => {
    const form = toArgumentForm(shape);
    return form ? [[shown.get(own) ?? own, form] as const] : [];
  });
  const further = furtherName(object, shown);
  if (further) inside.push([further, { text: true }]);
  return {
    ...(names.length > 0 && { names: Object.fromEntries(names) as Record<string, string> }),
    ...(inside.length > 0 && { inside: Object.fromEntries(inside) }),
    ...(further && { further }),
  };
}

function furtherName(object: ObjectKind, shown: ReadonlyMap<string, string>): string | undefined {
  if (!object.open || object.properties.size === 0) return undefined;
  return freeFieldName(FURTHER_FIELDS, new Set(shown.values()));
}

/** Where a text is one of the things it may be, a text stays what it is. */
function takesText(shape: Shape, object: ObjectKind): boolean {
  return object.properties.size === 0 && !object.file && !shape.string;
}

function inputKind(shape: Shape, kind: (typeof KINDS)[number], style: InputStyle): JsonSchema[] {
  switch (kind) {
    case 'string':
      return [inputString(shape.string ?? {})];
    case 'number': {
      const { integer, minimum, maximum } = shape.number ?? { integer: false };
      return [defined({ type: integer ? 'integer' : 'number', minimum, maximum })];
    }
    case 'array': {
      const { items, minItems, maxItems } = shape.array ?? { items: {} };
      return [defined({ type: 'array', items: toInputSchema(items, style), minItems, maxItems })];
    }
    case 'object': {
      const object = shape.object ?? openObject();
      const schema = inputObject(object, style);
      return style.texts && takesText(shape, object) ? [schema, AS_TEXT] : [schema];
    }
    default:
      return [{ type: kind }];
  }
}

const AS_TEXT: JsonSchema = { type: 'string', description: 'The object as JSON text.' };

function inputString({ enum: values, format }: NonNullable<Shape['string']>): JsonSchema {
  if (!values || values.length === 0) return defined({ type: 'string', format });
  if (values.length <= MAX_ENUM) return { type: 'string', enum: values };
  const shown = values.slice(0, SHOWN_OF_LONG_ENUM).join(', ');
  return { type: 'string', description: `One of ${values.length} values, such as ${shown}.` };
}

function inputObject(object: ObjectKind, style: InputStyle): JsonSchema {
  const { properties, required, file, open } = object;
  if (properties.size === 0) return openSchema(object);
  const shown = shownNames(properties.keys());
  const nameOf = (own: string) => shown.get(own) ?? own;
  const needed = [...required].filter((name) => properties.has(name)).map(nameOf);
  const further = style.texts ? furtherName(object, shown) : undefined;
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...[...properties].map(([own, shape]): [string, JsonSchema] => [
        nameOf(own),
        withOwnName(toInputSchema(shape, style), own, nameOf(own)),
      ]),
      ...(further ? [[further, furtherSchema(object)] as [string, JsonSchema]] : []),
    ]),
    ...(needed.length > 0 && { required: needed }),
    ...(open && style.texts && { additionalProperties: true }),
    ...(file && { file_uploadable: true }),
  };
}

function openSchema({ values }: ObjectKind): JsonSchema {
  const hold = values && kindsInWords(values);
  return {
    type: 'object',
    additionalProperties: true,
    ...(hold && { description: `Fields of any name, each ${hold}.` }),
  };
}

function furtherSchema({ values }: ObjectKind): JsonSchema {
  const hold = values && kindsInWords(values);
  return {
    anyOf: [{ type: 'object', additionalProperties: true }, AS_TEXT],
    description: `Further fields, of any name${hold ? `, each ${hold}` : ''}.`,
  };
}

const KIND_WORDS: Record<(typeof KINDS)[number], string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function kindsInWords(shape: Shape): string | undefined {
  const kinds = KINDS.filter((kind) => shape[kind]);
  return kinds.length > 0 && kinds.length <= 3
    ? kinds.map((kind) => KIND_WORDS[kind]).join(' or ')
    : undefined;
}

/** Models know providers' own names from elsewhere, and descriptions speak of them. */
function withOwnName(schema: JsonSchema, own: string, shown: string): JsonSchema {
  if (own === shown) return schema;
  const told = `Called "${own.slice(0, MAX_OWN_NAME)}" there.`;
  const { description } = schema;
  return { ...schema, description: typeof description === 'string' ? `${description} ${told}` : told };
}

function defined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

function suitsDefault(shape: Shape, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return shape.string !== undefined && (!shape.string.enum || shape.string.enum.includes(value));
    case 'number':
      return shape.number !== undefined && (!shape.number.integer || Number.isInteger(value));
    case 'boolean':
      return shape.boolean !== undefined;
    default:
      return false;
  }
}
