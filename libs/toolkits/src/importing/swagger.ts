import { isObject, type JsonObject } from '../openapi/document.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head'];
/** What a parameter of Swagger says of its value itself, and OpenAPI says in its schema. */
const OF_SCHEMA = [
  'type',
  'format',
  'items',
  'enum',
  'default',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
];

/**
 * A document of Swagger 2.0 as OpenAPI 3.0: what an import reads of it. Providers that still publish one are few, and what
 * projects add themselves is not converted.
 */
export function fromSwagger(document: unknown): unknown {
  if (!isObject(document) || document['swagger'] !== '2.0') return document;
  const { host, basePath = '', schemes, consumes, produces, definitions, info } = document;
  const defaults = { consumes: texts(consumes), produces: texts(produces) };
  const paths = Object.entries(object(document['paths'])).map(([path, item]) => [
    path,
    pathItem(object(item), defaults),
  ]);
  return withMovedReferences({
    openapi: '3.0.3',
    info,
    servers: [
      { url: `${texts(schemes)[0] ?? 'https'}://${String(host)}${String(basePath).replace(/\/$/, '')}` },
    ],
    paths: Object.fromEntries(paths),
    components: { schemas: definitions ?? {} },
  });
}

interface MediaTypes {
  consumes: string[];
  produces: string[];
}

function pathItem(item: JsonObject, defaults: MediaTypes): JsonObject {
  const shared = list(item['parameters']);
  const operations = METHODS.filter((method) => isObject(item[method])).map((method) => [
    method,
    operation(object(item[method]), shared, defaults),
  ]);
  return Object.fromEntries(operations);
}

function operation(value: JsonObject, shared: JsonObject[], defaults: MediaTypes): JsonObject {
  const own = list(value['parameters']);
  const isOwn = (one: JsonObject) =>
    own.some((other) => other['name'] === one['name'] && other['in'] === one['in']);
  const all = [...shared.filter((one) => !isOwn(one)), ...own];
  const consumes = Array.isArray(value['consumes']) ? texts(value['consumes']) : defaults.consumes;
  const produces = Array.isArray(value['produces']) ? texts(value['produces']) : defaults.produces;
  const body = requestBody(all, consumes);
  const { consumes: _, produces: __, schemes: ___, ...rest } = value;
  return {
    ...rest,
    parameters: all.filter(({ in: place }) => place !== 'body' && place !== 'formData').map(parameter),
    ...(body && { requestBody: body }),
    responses: Object.fromEntries(
      Object.entries(object(value['responses'])).map(([status, answer]) => [
        status,
        response(object(answer), produces),
      ]),
    ),
  };
}

function parameter({ collectionFormat, ...one }: JsonObject): JsonObject {
  const { name, in: place, description, required } = one;
  return {
    name,
    in: place,
    ...(description !== undefined && { description }),
    ...(required !== undefined && { required }),
    ...(collectionFormat === 'multi' && { style: 'form', explode: true }),
    ...(place === 'query' && one['type'] === 'array' && collectionFormat !== 'multi' && { explode: false }),
    schema: schemaOf(one),
  };
}

function requestBody(parameters: JsonObject[], consumes: string[]): JsonObject | undefined {
  const whole = parameters.find((one) => one['in'] === 'body');
  if (whole) {
    const { description, required, schema } = whole;
    return {
      ...(description !== undefined && { description }),
      ...(required !== undefined && { required }),
      content: contentOf(consumes, schema),
    };
  }
  const fields = parameters.filter((one) => one['in'] === 'formData');
  if (fields.length === 0) return undefined;
  const hasFile = fields.some(({ type }) => type === 'file');
  const type = hasFile
    ? 'multipart/form-data'
    : (consumes.find(isForm) ?? 'application/x-www-form-urlencoded');
  const properties = fields.map((one) => [
    one['name'],
    { ...schemaOf(one), ...(one['description'] !== undefined && { description: one['description'] }) },
  ]);
  const required = fields.filter((one) => one['required'] === true).map(({ name }) => name);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties) as JsonObject,
    ...(required.length > 0 && { required }),
  };
  return { content: { [type]: { schema } } };
}

function response({ schema, description = '' }: JsonObject, produces: string[]): JsonObject {
  return schema === undefined ? { description } : { description, content: contentOf(produces, schema) };
}

function contentOf(types: string[], schema: unknown): JsonObject {
  const known = types.length > 0 ? types : ['application/json'];
  return Object.fromEntries(known.map((type) => [type, { schema }]));
}

function schemaOf(value: JsonObject): JsonObject {
  const said = Object.fromEntries(OF_SCHEMA.filter((key) => key in value).map((key) => [key, value[key]]));
  return said['type'] === 'file' ? { type: 'string', format: 'binary' } : said;
}

function isForm(type: string): boolean {
  return type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded';
}

function withMovedReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMovedReferences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/definitions/', '#/components/schemas/')
        : withMovedReferences(nullable(inner)),
    ]),
  );
}

/** `x-nullable` is how such documents say what Swagger cannot. */
function nullable(value: unknown): unknown {
  if (!isObject(value) || value['x-nullable'] !== true || '$ref' in value) return value;
  return { ...value, nullable: true };
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
