import { importedTools, SHIPPED_TOOLKITS, type HttpTool, type ToolkitSpec } from '@patchbay/toolkits';
import { graphqlBreaches, hasSchema } from './graphql-breaches.js';
import type { SeenRequest } from './recorded-provider.js';
import { misfitsOf } from './schema-misfits.js';

interface DocumentedOperation {
  toolkit: string;
  tool: HttpTool;
  line: RegExp;
  /** Of two that a request fits, the one that says more of it is meant: `/drafts/send` before `/drafts/{id}`. */
  literal: number;
}

interface Argument {
  schema: object;
  required: boolean;
}

/** Google takes these everywhere; our importer leaves them out, as they say how to answer rather than what. */
const ANYWHERE = new Set(['alt', 'fields', 'uploadType']);

/** Whose arguments may stand in the query or in a form alike, and whose methods that read may be posted. */
const ARGUMENTS_IN_EITHER = new Set(['slack', 'trello']);

const operationsOf = new Map<string, readonly DocumentedOperation[]>();

/** The operations of a toolkit's document, each as an expression over `GET https://…`. */
function documented(toolkit: ToolkitSpec): readonly DocumentedOperation[] {
  const { slug } = toolkit;
  const known = operationsOf.get(slug);
  if (known) return known;
  const operations = importedTools(slug).flatMap((tool) =>
    basesOf(toolkit).map((base) => ({
      toolkit: slug,
      tool,
      line: new RegExp(`^${methodsOf(toolkit, tool)} ${expression(base + tool.path)}$`),
      literal: tool.path.replace(/\{[^{}]*\}/g, '').length,
    })),
  );
  operationsOf.set(slug, operations);
  return operations;
}

function expression(address: string): string {
  return address
    .split(/(\{\+?[^{}]*\})/)
    .map((text) => (text.startsWith('{+') ? '.+' : text.startsWith('{') ? '[^/]+' : escaped(text)))
    .join('');
}

/** Where a toolkit's API is, whichever way an account signs in. */
function basesOf({ baseUrl = '', auth = [] }: ToolkitSpec): string[] {
  return [baseUrl, ...auth.flatMap((spec) => ('baseUrl' in spec && spec.baseUrl ? [spec.baseUrl] : []))];
}

function methodsOf({ slug }: ToolkitSpec, { method }: HttpTool): string {
  return method === 'GET' && ARGUMENTS_IN_EITHER.has(slug) ? '(?:GET|POST)' : method;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What a provider's own document says of a request. */
export interface Documentation {
  /** `GET /boards/{id}`; none when the document has no such operation. */
  operation?: string;
  /** What the operation does not know, wants otherwise, or misses. */
  breaches: string[];
}

/** Whether there is a document at all to hold a toolkit's requests to. */
export function isDocumented({ slug, baseUrl = '' }: ToolkitSpec): boolean {
  return importedTools(slug).length > 0 || hasSchema(`POST ${baseUrl}/graphql`);
}

/** @param credentials query parameters that carry the credential, of which documents say nothing */
export function documentationOf(
  { request, body }: SeenRequest,
  credentials: readonly string[],
): Documentation {
  const [line = '', search = ''] = request.split(/\?(.*)/s);
  const graphql = graphqlBreaches(line, body);
  if (graphql) return { breaches: graphql };
  const [found] = SHIPPED_TOOLKITS.filter((toolkit) =>
    basesOf(toolkit).some((base) => new RegExp(`^\\w+ ${expression(base)}/`).test(line)),
  )
    .flatMap((toolkit) => documented(toolkit))
    .filter((one) => one.line.test(line))
    .sort((a, b) => b.literal - a.literal);
  if (!found) return { breaches: [`${line}: no such operation`] };
  const { toolkit, tool } = found;
  const query = new Set(
    [...new URLSearchParams(search).keys()]
      .map((name) => name.replace(/\[.*$/s, ''))
      .filter((name) => !ANYWHERE.has(name) && !credentials.includes(name)),
  );
  const inQuery = argumentsIn(tool, 'query');
  const inBody = argumentsIn(tool, 'body');
  const breaches = ARGUMENTS_IN_EITHER.has(toolkit)
    ? namesBreach(new Set([...query, ...namesIn(body)]), new Map([...inQuery, ...inBody]), 'argument')
    : [...namesBreach(query, inQuery, 'query'), ...bodyBreaches(body, tool, inBody)];
  const operation = `${tool.method} ${tool.path}`;
  return { operation, breaches: breaches.map((breach) => `${operation}: ${breach}`) };
}

function argumentsIn({ input, method, path, places }: HttpTool, where: string): Map<string, Argument> {
  const { properties = {}, required = [] } = input as {
    properties?: Record<string, object>;
    required?: string[];
  };
  const usual = ['GET', 'HEAD', 'DELETE'].includes(method) ? 'query' : 'body';
  return new Map(
    Object.entries(properties).flatMap(([argument, schema]) => {
      const place = places?.[argument];
      const inPath = path.includes(`{${argument}}`) || path.includes(`{+${argument}}`);
      if ((place?.in ?? (inPath ? 'path' : usual)) !== where) return [];
      return [[place?.name ?? argument, { schema, required: required.includes(argument) }] as const];
    }),
  );
}

function bodyBreaches(
  body: unknown,
  { body: encoding }: HttpTool,
  known: ReadonlyMap<string, Argument>,
): string[] {
  if (encoding?.argument !== undefined) {
    const whole = known.get(encoding.argument);
    return whole && body !== undefined ? misfitsOf(body, whole.schema, 'body') : [];
  }
  const names = namesBreach(namesIn(body), known, 'field');
  // Everything in a form is text.
  const isForm = encoding !== undefined && encoding.type !== 'json';
  if (isForm || typeof body !== 'object' || body === null) return names;
  return [
    ...names,
    ...Object.entries(body).flatMap(([name, value]) => misfitsOf(value, known.get(name)?.schema ?? {}, name)),
  ];
}

/** A form writes what is nested as `a[b]=c`. */
function namesIn(body: unknown): Set<string> {
  return new Set(
    typeof body === 'object' && body !== null
      ? Object.keys(body).map((name) => name.replace(/\[.*$/s, ''))
      : [],
  );
}

function namesBreach(
  given: ReadonlySet<string>,
  known: ReadonlyMap<string, Argument>,
  kind: string,
): string[] {
  const missing = [...known].filter(([name, { required }]) => required && !given.has(name));
  return [
    ...[...given].filter((name) => !known.has(name)).map((name) => `unknown ${kind} ${name}`),
    ...missing.map(([name]) => `without ${name}`),
  ];
}
