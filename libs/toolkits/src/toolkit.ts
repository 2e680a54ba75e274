import { hasParts, type DeclaredAuth, type JsonSchema, type ToolkitQuality } from '@patchbay/contracts';
import { z } from 'zod';
import type { ArgumentForm } from './argument-form.js';
import type { AuthSpec } from './auth-spec.js';
import { sendGraphql } from './graphql.js';
import type { ToolRequest, ToolRuntime } from './tool-runtime.js';
import type { TriggerSpec } from './trigger.js';

/** Hints of the Model Context Protocol, `important` for the tools most asked for, and free words. */
export type ToolTag =
  | 'important'
  | 'readOnlyHint'
  | 'destructiveHint'
  | 'idempotentHint'
  | 'openWorldHint'
  | (string & {});

interface ToolBase {
  /** Public and lasting: user code names it. `TOOLKIT_ACTION`, upper case. */
  slug: string;
  name: string;
  description: string;
  tags: ToolTag[];
  /** OAuth scopes the provider wants for it. */
  scopes?: string[];
  /** It runs with the person's own token only, where the provider tells that from the app's: its scopes are theirs. */
  token?: 'user';
  /** The provider means to take it away: shown only to those who ask for it. */
  deprecated?: boolean;
  /** Slugs that it had before, which still run it. */
  aliases?: string[];
}

/** How several values are written in one place: OpenAPI 3, style values; `json` is `content: application/json`. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'json';

/** Where an argument goes that does not go where its method says. */
export interface ArgumentPlace {
  in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** The provider's name for it, when it is not the argument's. */
  name?: string;
  /** Default: `form` in query and cookie, `simple` elsewhere. */
  style?: ParameterStyle;
  /** Default: as OpenAPI has it, true for `form` and `deepObject`. */
  explode?: boolean;
  /** Of a query: whether what an address reserves, such as `/` and `:`, is written as it is. */
  allowReserved?: boolean;
}

/** How one field of a form is written: OpenAPI 3, Encoding Object. */
export type FieldEncoding = Pick<ArgumentPlace, 'style' | 'explode' | 'allowReserved'> & {
  /** Of the field's own content; of what is no file, as a file's caller says its type. */
  contentType?: string;
};

/** How the body of a request is written. */
export interface BodyEncoding {
  /** `multipart` is a form that takes files, `raw` a text or a file that is the whole body. */
  type: 'json' | 'form' | 'multipart' | 'raw';
  /** Default: the type's own. */
  contentType?: string;
  /** The argument that is the whole body, rather than a field of it. */
  argument?: string;
  /** Of a form: whether objects and lists are written as `a[b]=c`; else lists repeat the name. */
  nested?: boolean;
  /** Of a form: the fields that are written in a way of their own, by the provider's name. */
  fields?: Record<string, FieldEncoding>;
}

/** A request to the toolkit's API, described rather than programmed. */
export interface HttpTool extends ToolBase {
  kind: 'http';
  /** A JSON Schema where the tool was imported. */
  input: z.ZodObject | JsonSchema;
  /** What `data` holds. */
  output?: z.ZodType | JsonSchema;
  /** Of an imported tool the names of its arguments, so that its schema need not be read for them. */
  argumentNames?: readonly string[];
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base URL; `{name}` is filled from the argument of that name, `{+name}` keeps its slashes (RFC 6570). */
  path: string;
  /** Arguments sent in the query although the method has a body. */
  query?: string[];
  /** Of arguments that go elsewhere than their method says, or are written in a way of their own. */
  places?: Record<string, ArgumentPlace>;
  /** Default: JSON. */
  body?: BodyEncoding;
  /** Of what is inside of arguments; where they themselves go is said by `places`. */
  argumentForm?: ArgumentForm;
  headers?: Record<string, string>;
  /** The key in `data` under which the provider's answer stands; without it the answer is `data` itself. */
  dataKey?: string;
}

/** A small typed function, for what is no single request. */
export interface FunctionTool extends ToolBase {
  kind: 'function';
  /** A JSON Schema where an older release wrote it down. */
  input: z.ZodObject | JsonSchema;
  /** What `data` holds. */
  output?: z.ZodType | JsonSchema;
  /** Requests of the API, `GET /boards/{id}`, that it is all there is to: what was imported of them is left out. */
  covers?: readonly string[];
  run(input: Record<string, unknown>, runtime: ToolRuntime): Promise<Record<string, unknown>>;
}
/** A tool of an upstream MCP server, which stands at the toolkit's base URL and runs it. */
export interface McpTool extends ToolBase {
  kind: 'mcp';
  input: JsonSchema;
  /** What `data` holds. */
  output?: JsonSchema;
  /** Its name there. */
  upstreamName: string;
  argumentForm?: ArgumentForm;
}
export type ToolSpec = HttpTool | FunctionTool | McpTool;

export interface CurrentUserRequest {
  /** Under the base URL, or a whole address. */
  path: string;
  /** Sent as JSON, by POST: GraphQL has no other way. */
  body?: unknown;
  /** Where in the answer the name stands, such as `user.name`; absent where none does. */
  displayName?: string;
}

/** What ships of a vendor's MCP server. */
export interface VendorServer {
  /** The ways to sign in, the usual one first. */
  auth: readonly DeclaredAuth[];
  /** The server's own names of the tools that are most asked for. */
  important: readonly string[];
  /** Its name is a word of every day. */
  isWord: boolean;
}

export interface ToolkitSpec {
  /** Lower case. */
  slug: string;
  name: string;
  description: string;
  /** An address or a `data:` URI. */
  logo: string;
  categories: string[];
  /** `YYYYMMDD_NN` */
  version: string;
  /** Where the API is; absent for a toolkit of functions. */
  baseUrl?: string;
  /** Other origins of the provider's own to which its accounts' credentials may go, as a function tool asks. */
  origins?: string[];
  /** Sent with each request of the toolkit. */
  headers?: Record<string, string>;
  /** The header in which the API takes an idempotency key: requests that change something carry one. */
  idempotencyHeader?: string;
  /** Of an API that answers refusals with status 200: which field of the body says so, and where the reason is. */
  refusal?: { field: string; is: unknown; message: string };
  /** The ways of authenticating it takes, the usual one first. Absent: no account is needed. */
  auth?: AuthSpec[];
  /** A request that answers who an account belongs to: it checks a credential and names the account. */
  currentUser?: CurrentUserRequest;
  tools: ToolSpec[];
  /** What instances can wait for. */
  triggers?: readonly TriggerSpec[];
  /**
   * It is a vendor's MCP server, at `baseUrl`. Each project has tools of it, and a sign-in, once an account was connected; until
   * then there is no more than this.
   */
  server?: VendorServer;
  /** Absent of toolkits that do not ship. */
  quality?: ToolkitQuality;
}

export function httpTool(spec: Omit<HttpTool, 'kind'>): HttpTool {
  return { kind: 'http', ...spec };
}

/** Types `run` by the tool's own schemas. The executor parses the input with them before `run` sees it. */
export function functionTool<I extends z.ZodObject, O extends z.ZodObject>(
  spec: Omit<FunctionTool, 'kind' | 'input' | 'output' | 'run'> & {
    input: I;
    output: O;
    run(input: z.output<I>, runtime: ToolRuntime): Promise<z.output<O>> | z.output<O>;
  },
): FunctionTool {
  const run: FunctionTool['run'] = async (input, runtime) => spec.run(input as z.output<I>, runtime);
  return { ...spec, kind: 'function', run };
}

/** A tool that is one request, where arguments and answer want more shaping than `httpTool` can describe. */
export function requestTool<I extends z.ZodObject>(
  spec: Omit<FunctionTool, 'kind' | 'input' | 'run'> & {
    input: I;
    request: (input: z.output<I>) => ToolRequest;
    /** What `data` holds; without it the provider's answer, a list of it under `items`. */
    answer?: (body: unknown, input: z.output<I>) => Record<string, unknown>;
  },
): FunctionTool {
  const { request, answer = toData, ...rest } = spec;
  const run: FunctionTool['run'] = async (input, { http }) =>
    answer(await http.request(request(input as z.output<I>)), input as z.output<I>);
  return { ...rest, kind: 'function', run };
}

/** A GraphQL document; the arguments are its variables unless `variables` says otherwise. */
export function graphqlTool<I extends z.ZodObject>(
  spec: Omit<FunctionTool, 'kind' | 'input' | 'run'> & {
    input: I;
    /** A function, for a document that is itself an argument. */
    document: string | ((input: z.output<I>) => string);
    /** Under the base URL. */
    path?: string;
    variables?: (input: z.output<I>) => Record<string, unknown>;
    /** What `data` holds; without it the answer's own `data`. */
    answer?: (data: Record<string, unknown>) => Record<string, unknown>;
  },
): FunctionTool {
  const { document, path, variables = (input) => input, answer = (data) => data, ...rest } = spec;
  const run: FunctionTool['run'] = async (given, { http }) => {
    const input = given as z.output<I>;
    const text = typeof document === 'string' ? document : document(input);
    return answer(await sendGraphql(http, { document: text, path, variables: variables(input) }));
  };
  return { ...rest, kind: 'function', run };
}

/** `data` is always an object: a list or a text of the provider's stands in it under a key. */
export function toData(body: unknown): Record<string, unknown> {
  if (Array.isArray(body)) return { items: body };
  return hasParts(body) ? { ...body } : { text: body };
}
