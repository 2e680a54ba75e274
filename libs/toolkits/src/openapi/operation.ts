import type { JsonSchema } from '@patchbay/contracts';
import type { ArgumentPlace, BodyEncoding, HttpTool, ToolTag } from '../toolkit.js';
import { isList, listKey, readAnswer } from './answer.js';
import { readBody, type Body } from './body.js';
import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type OpenApiDocument,
} from './document.js';
import { freeArgumentName, toArgumentName } from './names.js';
import { isCompound, readParameters, type Parameter } from './parameters.js';
import { SchemaReader, SchemaTooLarge, type SchemaOptions } from './schema.js';
import type { CredentialParameter } from './security.js';
import { toInputSchema, toOutputSchema, type ObjectKind, type Shape } from './shape.js';
import { describeOperation, shorten, wordsOfId } from './text.js';

export const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** An operation where it stands in its document. */
export interface Operation {
  method: Method;
  path: string;
  value: JsonObject;
  /** Its path item, whose parameters are its own too. */
  item: JsonObject;
  itemPlace: string;
  place: string;
}

export interface Renaming {
  from: string;
  to: string;
  reason: string;
}

export interface OperationContext {
  document: OpenApiDocument;
  credentials: readonly CredentialParameter[];
  listKeys: Readonly<Record<string, string>>;
  ignoreParameters: readonly string[];
  pathSegments: readonly string[];
  /** The part of an operation's id that is its name. */
  nameFromId: (id: string) => string;
  /** Put before each path: what the operation's server has beyond the base URL. */
  pathPrefix: string;
}

/** A tool without its slug, and what it was renamed in. */
export interface ReadOperation {
  tool: Omit<HttpTool, 'slug' | 'input'> & { input: JsonSchema };
  renamed: Renaming[];
}

interface Argument {
  shape: Shape;
  required: boolean;
  place: ArgumentPlace | undefined;
}

/** Of one tool, references followed. What is deeper or more is left open, so that a schema stays readable. */
const INPUT_LIMITS = { maxDepth: 6, maxSchemas: 260 };
const OUTPUT_LIMITS = { maxDepth: 3, maxSchemas: 120 };

/** @throws ImportRefusal when it cannot be a tool */
export function readOperation(operation: Operation, context: OperationContext): ReadOperation {
  const { value, place, path, item, itemPlace } = operation;
  const { document } = context;
  const parameters = readParameters(
    document,
    [
      { value: item['parameters'], place: step(itemPlace, 'parameters') },
      { value: value['parameters'], place: step(place, 'parameters') },
    ],
    context,
  );
  // A body that a GET or HEAD may have has no meaning to HTTP (RFC 9110, 9.3.1).
  const mayHaveBody = operation.method !== 'get' && operation.method !== 'head';
  const body = mayHaveBody ? readBody(document, value['requestBody'], step(place, 'requestBody')) : undefined;
  const request = within(INPUT_LIMITS, (limits) =>
    collect(operation, parameters, body, reader(operation, limits, context, 'input', body)),
  );
  const name = nameOf(operation, context);
  const description = describeOperation(
    name,
    stringOf(value['description']) ?? '',
    `${operation.method.toUpperCase()} ${path}`,
  );
  const answer = readAnswer(document, value['responses'], step(place, 'responses'));
  const output =
    answer &&
    within(OUTPUT_LIMITS, (limits) =>
      toOutputSchema(reader(operation, limits, context, 'output').shape(answer.schema, answer.schemaPlace)),
    );
  const dataKey = output && isList(output) ? listKey(path, context.listKeys) : undefined;
  const deprecated = value['deprecated'] === true;
  return {
    tool: {
      kind: 'http',
      name: name.slice(0, 120),
      description,
      method: operation.method.toUpperCase() as HttpTool['method'],
      ...request.template,
      path: context.pathPrefix + request.template.path,
      ...(output && {
        output: dataKey ? { type: 'object', properties: { [dataKey]: output } } : asObject(output),
      }),
      ...(dataKey && { dataKey }),
      tags: tagsOf(operation),
      ...scopesOf(value, document),
      ...(deprecated && { deprecated }),
    },
    renamed: request.renamed,
  };
}

function reader(
  operation: Operation,
  limits: Pick<SchemaOptions, 'maxDepth' | 'maxSchemas'>,
  { document }: OperationContext,
  direction: SchemaOptions['direction'],
  body?: Body,
): SchemaReader {
  return new SchemaReader(document, {
    ...limits,
    direction,
    defaults: operation.method === 'get' || operation.method === 'post',
    files: body?.encoding.type === 'multipart',
  });
}

/** As deep as the limits let it: shallower once it is too large. */
function within<T>(limits: typeof INPUT_LIMITS, read: (limits: typeof INPUT_LIMITS) => T): T {
  for (let maxDepth = limits.maxDepth; maxDepth >= 1; maxDepth--) {
    try {
      return read({ ...limits, maxDepth });
    } catch (error) {
      if (!(error instanceof SchemaTooLarge)) throw error;
    }
  }
  // An object of hundreds of plain fields: more of the same kind, none of them deep.
  try {
    return read({ maxDepth: 1, maxSchemas: limits.maxSchemas * 4 });
  } catch (error) {
    if (error instanceof SchemaTooLarge) throw new ImportRefusal('', 'its schema has too many fields');
    throw error;
  }
}

interface CollectedRequest {
  template: Pick<HttpTool, 'path' | 'places' | 'body'> & { input: JsonSchema };
  renamed: Renaming[];
}

function collect(
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
    const named =
      name === provider || where === 'path' ? elsewhere : { in: where, ...elsewhere, name: provider };
    args.set(name, { ...argument, place: where === 'path' ? undefined : named });
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
  const encoding = body && addBody(body, schemas, add);
  const required = [...args].filter(([, argument]) => argument.required).map(([name]) => name);
  const places = Object.fromEntries(
    [...args].flatMap(([name, argument]) => (argument.place ? [[name, argument.place]] : [])),
  );
  const input: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(
      [...args].map(([name, { shape }]) => [name, described(name, toInputSchema(shape))]),
    ),
    ...(required.length > 0 && { required }),
  };
  return {
    template: {
      path: template,
      input,
      ...(Object.keys(places).length > 0 && { places }),
      ...(encoding && { body: encoding }),
    },
    renamed,
  };
}

type Add = (provider: string, where: ArgumentPlace['in'], argument: Omit<Argument, 'place'>) => string;

/** The fields of an object become arguments of their own; any other body is one argument. */
function addBody(body: Body, schemas: SchemaReader, add: Add): BodyEncoding | undefined {
  const shape = schemas.shape(body.schema, body.schemaPlace);
  const { encoding } = body;
  if (isPlainObject(shape)) {
    for (const [name, inner] of shape.object.properties) {
      add(name, 'body', { shape: inner, required: shape.object.required.has(name) });
    }
    return encoding.type === 'json' && !encoding.contentType ? undefined : encoding;
  }
  // Such as the form without fields that Stripe lists where there is nothing to send.
  if (encoding.type !== 'json' && shape.object) return undefined;
  if (encoding.type !== 'json')
    throw new ImportRefusal(body.schemaPlace, 'a form needs an object of named fields');
  const description = shape.description ?? 'What to send.';
  const argument = add('body', 'body', { shape: { ...shape, description }, required: body.required });
  return { ...encoding, argument };
}

function isPlainObject(shape: Shape): shape is Shape & { object: ObjectKind } {
  return shape.object !== undefined && shape.object.properties.size > 0 && !shape.array && !shape.string;
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
  const { place, style, explode } = parameter;
  const styled = style !== undefined && (style === 'json' || isCompound(schema)) ? { style } : {};
  const exploded = explode !== undefined && isCompound(schema) ? { explode } : {};
  const own = placeFor(method, place);
  if (Object.keys(styled).length + Object.keys(exploded).length === 0) return own;
  return { in: place, ...styled, ...exploded };
}

function assertPathFilled(template: string, args: ReadonlyMap<string, Argument>, place: string): void {
  for (const [, name = ''] of template.matchAll(/\{\+?([^{}]*)\}/g)) {
    if (!args.has(name))
      throw new ImportRefusal(place, `nothing says what {${name.slice(0, 60)}} of the path is`);
  }
}

function asObject(output: JsonSchema): JsonSchema {
  const { type } = output;
  if (type === 'object') return output;
  if (Array.isArray(type) && type.includes('object')) return { ...output, type: 'object' };
  return { type: 'object', properties: { text: output } };
}

/** Hints of the Model Context Protocol by what the method means (RFC 9110, 9.2). */
function tagsOf({ method, value }: Operation): ToolTag[] {
  const hints: Record<Method, ToolTag[]> = {
    get: ['readOnlyHint'],
    head: ['readOnlyHint'],
    post: [],
    put: ['idempotentHint'],
    patch: [],
    delete: ['destructiveHint', 'idempotentHint'],
  };
  const own = Array.isArray(value['tags']) ? value['tags'].filter((tag) => typeof tag === 'string') : [];
  const words = own.slice(0, 3).map((tag) => tag.toLowerCase().slice(0, 60));
  return [...new Set([...hints[method], ...words])];
}

function scopesOf(value: JsonObject, document: OpenApiDocument): Pick<HttpTool, 'scopes'> {
  const requirements = Array.isArray(value['security']) ? value['security'] : document.root['security'];
  // The first alternative that names scopes: each alternative is enough by itself.
  for (const requirement of Array.isArray(requirements) ? requirements : []) {
    if (!isObject(requirement)) continue;
    const scopes = Object.values(requirement).flatMap((list) => (Array.isArray(list) ? list : []));
    const texts = scopes.filter((scope) => typeof scope === 'string');
    if (texts.length > 0) return { scopes: texts };
  }
  return {};
}

/** What people call it: the document's summary, else its first sentence, else its id in words. */
function nameOf({ method, path, value }: Operation, { nameFromId }: OperationContext): string {
  const summary = shorten(stringOf(value['summary']) ?? '', 160).replace(/[.\s]+$/, '');
  // Some documents repeat the id where a summary should be: `updateCardsIdBoard()`.
  const said = /\s/.test(summary) ? summary : wordsOfId(summary);
  const id = stringOf(value['operationId']) ?? '';
  const words = wordsOfId(nameFromId(id));
  const [sentence = ''] = shorten(stringOf(value['description']) ?? '', 400).split(/\.(?:\s|$)/);
  const short = sentence.length <= 80 && nameFromId(id) === id ? sentence.trim() : '';
  return said || short || words || `${method.toUpperCase()} ${path}`;
}
