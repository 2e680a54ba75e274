import type { JsonSchema } from '@patchbay/contracts';
import type { HttpTool, ToolTag } from '../toolkit.js';
import { isList, listKey, readAnswer } from './answer.js';
import { readBodies, type Body } from './body.js';
import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type OpenApiDocument,
} from './document.js';
import type { Method, Operation, Renaming } from './located-operation.js';
import { readParameters, type Parameter } from './parameters.js';
import { collect } from './request.js';
import { SchemaReader, SchemaTooLarge, type SchemaOptions } from './schema.js';
import type { CredentialParameter } from './security.js';
import { toOutputSchema } from './shape.js';
import { describeOperation, shorten, wordsOfId } from './text.js';

export interface OperationContext {
  document: OpenApiDocument;
  credentials: readonly CredentialParameter[];
  listKeys: Readonly<Record<string, string>>;
  ignoreParameters: readonly string[];
  pathSegments: readonly string[];
  /** Headers that are sent as the document itself fills them in, such as the version of the API that an operation is of. */
  fixedHeaders: readonly string[];
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

/** Of one tool, references followed. What is deeper or more is left open, so that a schema stays readable. */
const INPUT_LIMITS = { maxDepth: 6, maxSchemas: 260 };
const OUTPUT_LIMITS = { maxDepth: 3, maxSchemas: 120 };

/** What is answered that is no text: the platform keeps it, and links to it. */
const FILE_ANSWER: JsonSchema = {
  type: 'object',
  properties: {
    file: {
      type: 'object',
      file_downloadable: true,
      properties: { name: { type: 'string' }, mimetype: { type: 'string' }, s3url: { type: 'string' } },
    },
  },
};

/** @throws ImportRefusal when it cannot be a tool */
export function readOperation(operation: Operation, context: OperationContext): ReadOperation {
  const { value, place, path, item, itemPlace } = operation;
  const { document } = context;
  const all = readParameters(
    document,
    [
      { value: item['parameters'], place: step(itemPlace, 'parameters') },
      { value: value['parameters'], place: step(place, 'parameters') },
    ],
    context,
  );
  const headers = filledIn(all, context);
  const parameters = all.filter(({ place: at, name: its }) => at !== 'header' || headers[its] === undefined);
  // That of a GET means only what the document says (RFC 9110, section 9.3.1), and there is no other way to say it.
  const bodies =
    operation.method === 'head' ? [] : readBodies(document, value['requestBody'], step(place, 'requestBody'));
  const request = firstTaken(bodies, (body) =>
    within(INPUT_LIMITS, (limits) =>
      collect(operation, parameters, body, reader(operation, limits, context, 'input', body)),
    ),
  );
  const name = nameOf(operation, context);
  const description = describeOperation(
    name,
    stringOf(value['description']) ?? '',
    `${operation.method.toUpperCase()} ${path}`,
  );
  const answer = readAnswer(document, value['responses'], step(place, 'responses'));
  const output = answer?.isFile
    ? FILE_ANSWER
    : answer &&
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
      ...(Object.keys(headers).length > 0 && { headers }),
      tags: tagsOf(operation),
      ...scopesOf(value, document),
      ...(deprecated && { deprecated }),
    },
    renamed: request.renamed,
  };
}

/** What the document says of the headers that no caller chooses: their default, or the one value that they may have. */
function filledIn(
  parameters: readonly Parameter[],
  { document, fixedHeaders }: OperationContext,
): Record<string, string> {
  const fixed = parameters.filter(({ place, name }) => place === 'header' && fixedHeaders.includes(name));
  return Object.fromEntries(
    fixed.flatMap(({ name, schema, schemaPlace }) => {
      const { value } = document.object(schema, schemaPlace);
      const only = Array.isArray(value['enum']) && value['enum'].length === 1 ? value['enum'] : [];
      const [said] = [value['default'], value['const'], ...only].filter((one) => one !== undefined);
      return typeof said === 'string' ? [[name, said] as const] : [];
    }),
  );
}

/**
 * By the first of the bodies that can be written.
 * @throws ImportRefusal that of the first, when none can
 */
function firstTaken<T>(bodies: readonly Body[], read: (body: Body | undefined) => T): T {
  const refusals: ImportRefusal[] = [];
  for (const body of bodies.length > 0 ? bodies : [undefined]) {
    try {
      return read(body);
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      refusals.push(error);
    }
  }
  throw refusals[0] ?? new ImportRefusal('', 'has no body that can be written');
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
    files: body?.encoding.type === 'multipart' || body?.encoding.type === 'raw',
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
