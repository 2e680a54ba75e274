import type { JsonSchema } from '@patchbay/contracts';
import type { ArgumentForm } from '../argument-form.js';
import type { ArgumentPlace, BodyEncoding, HttpTool } from '../toolkit.js';
import type { Body } from './body.js';
import { ImportRefusal } from './document.js';
import type { Method, Operation, Renaming } from './located-operation.js';
import { FURTHER_FIELDS, toArgumentForm, toInputSchema } from './input-schema.js';
import { freeArgumentName, toArgumentName } from './names.js';
import { isCompound, type Parameter } from './parameters.js';
import type { SchemaReader } from './schema.js';
import type { ObjectKind, Shape } from './shape.js';
import { shorten } from './text.js';

interface Argument {
  shape: Shape;
  required: boolean;
  place: ArgumentPlace | undefined;
}

interface CollectedRequest {
  template: Pick<HttpTool, 'path' | 'places' | 'body' | 'argumentForm'> & { input: JsonSchema };
  renamed: Renaming[];
}

/** Makes arguments of parameters and body, and says where each goes. */
export function collect(
  { method, path, place }: Operation,
  parameters: Parameter[],
  body: Body | undefined,
  schemas: SchemaReader,
): CollectedRequest {
  const args = new Map<string, Argument>();
  const renamed: Renaming[] = [];
  const taken = new Set<string>();
  const add = (
    provider: string,
    where: ArgumentPlace['in'],
    argument: Omit<Argument, 'place'>,
    own?: ArgumentPlace,
  ) => {
    const name = freeArgumentName(provider, where, taken);
    if (name !== provider) {
      const reason =
        name === toArgumentName(provider, where)
          ? 'models take no such name'
          : 'another argument has this name';
      renamed.push({ from: provider, to: name, reason });
    }
    taken.add(name);
    const elsewhere = own ?? placeFor(method, where);
    const isNamedThere = where !== 'path' || own?.style === 'matrix';
    const named =
      name === provider || !isNamedThere ? elsewhere : { in: where, ...elsewhere, name: provider };
    args.set(name, { ...argument, place: where === 'path' && !own ? undefined : named });
    return name;
  };
  let template = path;
  for (const parameter of inOrder(parameters)) {
    const shape = schemas.shape(parameter.schema, parameter.schemaPlace);
    if (parameter.place !== 'path') delete shape.null;
    if (parameter.description) shape.description = shorten(parameter.description, 240);
    const name = add(
      parameter.name,
      parameter.place,
      { shape, required: parameter.required },
      placeOf(parameter, toInputSchema(shape), method),
    );
    if (parameter.place === 'path') {
      template = template.replaceAll(`{${parameter.name}}`, `{${parameter.manySegments ? '+' : ''}${name}}`);
    }
  }
  assertPathFilled(template, args, place);
  const { encoding, further } = body ? addBody(body, schemas, add, method !== 'delete') : {};
  const argumentForm = formOf(args, further);
  const required = [...args].filter(([, argument]) => argument.required).map(([name]) => name);
  const places = Object.fromEntries(
    [...args].flatMap(([name, argument]) => (argument.place ? [[name, argument.place]] : [])),
  );
  const input: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(
      [...args].map(([name, { shape }]) => [name, described(name, toInputSchema(shape, { texts: true }))]),
    ),
    ...(required.length > 0 && { required }),
    ...(further && { additionalProperties: true }),
  };
  return {
    template: {
      path: template,
      input,
      ...(Object.keys(places).length > 0 && { places }),
      ...(encoding && { body: encoding }),
      ...(argumentForm && { argumentForm }),
    },
    renamed,
  };
}

type Add = (provider: string, where: ArgumentPlace['in'], argument: Omit<Argument, 'place'>) => string;

interface AddedBody {
  encoding?: BodyEncoding | undefined;
  /** The argument for fields that the document does not name. */
  further?: string;
}

/**
 * The fields of an object become arguments of their own; any other body is one argument.
 * @param takesFurther whether what is no argument goes into the body
 */
function addBody(body: Body, schemas: SchemaReader, add: Add, takesFurther: boolean): AddedBody {
  const shape = schemas.shape(body.schema, body.schemaPlace);
  const { encoding } = body;
  if (isPlainObject(shape)) {
    const { properties, required, open, values } = shape.object;
    for (const [name, inner] of properties) add(name, 'body', { shape: inner, required: required.has(name) });
    const needsNone = encoding.type === 'json' && !encoding.contentType;
    const further = open && takesFurther ? addFurther(values, add) : undefined;
    return { encoding: needsNone ? undefined : encoding, ...(further && { further }) };
  }
  // Such as the form without fields that Stripe lists where there is nothing to send.
  if (isForm(encoding) && shape.object && !shape.object.file && !body.isOpen) return {};
  if (isForm(encoding) && !(shape.object && body.isOpen))
    throw new ImportRefusal(body.schemaPlace, 'a form needs an object of named fields');
  const description = shape.description ?? 'What to send.';
  const argument = add('body', 'body', { shape: { ...shape, description }, required: body.required });
  return { encoding: { ...encoding, argument } };
}

function addFurther(values: Shape | undefined, add: Add): string {
  const object: ObjectKind = { properties: new Map(), required: new Set(), values };
  return add(FURTHER_FIELDS, 'body', {
    shape: { object, description: 'Further fields of the body.' },
    required: false,
  });
}

/** Where arguments themselves go their places say; this is about what is in them. */
function formOf(args: ReadonlyMap<string, Argument>, further: string | undefined): ArgumentForm | undefined {
  const inside = [...args].flatMap(([name, { shape }]) => {
    const form = toArgumentForm(shape);
    return form ? [[name, form] as const] : [];
  });
  if (inside.length === 0) return undefined;
  return { inside: Object.fromEntries(inside), ...(further && { further }) };
}

function isForm({ type }: BodyEncoding): boolean {
  return type === 'form' || type === 'multipart';
}

function isPlainObject(shape: Shape): shape is Shape & { object: ObjectKind } {
  const { object } = shape;
  return object !== undefined && !object.file && object.properties.size > 0 && !shape.array && !shape.string;
}

/** Every provider wants to be told what an argument is; its name in words is better than nothing. */
function described(name: string, schema: JsonSchema): JsonSchema {
  if (schema['description']) return schema;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase();
  return { ...schema, description: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` };
}

/** What has to be given stands first. */
function inOrder(parameters: Parameter[]): Parameter[] {
  const rank = ({ place, required }: Parameter) => (place === 'path' ? 0 : required ? 1 : 2);
  return [...parameters].sort((a, b) => rank(a) - rank(b));
}

/** Where an argument goes, unless its method says just that. */
function placeFor(method: Method, where: ArgumentPlace['in']): ArgumentPlace | undefined {
  const usual = method === 'get' || method === 'head' || method === 'delete' ? 'query' : 'body';
  return where === usual || where === 'path' ? undefined : { in: where };
}

function placeOf(parameter: Parameter, schema: JsonSchema, method: Method): ArgumentPlace | undefined {
  const { place, style, explode, allowReserved } = parameter;
  const isMany = isCompound(schema);
  // The others write a single value as it is.
  const isSeen = isMany || style === 'json' || style === 'label' || style === 'matrix';
  const own: ArgumentPlace = {
    in: place,
    ...(style !== undefined && isSeen && { style }),
    ...(explode !== undefined && isMany && { explode }),
    ...(allowReserved && { allowReserved }),
  };
  return Object.keys(own).length > 1 ? own : placeFor(method, place);
}

function assertPathFilled(template: string, args: ReadonlyMap<string, Argument>, place: string): void {
  for (const [, name = ''] of template.matchAll(/\{\+?([^{}]*)\}/g)) {
    if (!args.has(name))
      throw new ImportRefusal(place, `nothing says what {${name.slice(0, 60)}} of the path is`);
  }
}
