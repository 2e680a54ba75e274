import { z } from 'zod';
import type { AuthSpec } from './auth-spec.js';

/** Hints of the Model Context Protocol, `important` for the tools most asked for, and free words. */
export type ToolTag =
  'important' | 'readOnlyHint' | 'destructiveHint' | 'idempotentHint' | 'openWorldHint' | (string & {});

interface ToolBase {
  /** Public and lasting: user code names it. `TOOLKIT_ACTION`, upper case. */
  slug: string;
  name: string;
  description: string;
  input: z.ZodObject;
  /** What `data` holds. */
  output?: z.ZodType;
  tags: ToolTag[];
  /** OAuth scopes the provider wants for it. */
  scopes?: string[];
}

/** A request to the toolkit's API, described rather than programmed. */
export interface HttpTool extends ToolBase {
  kind: 'http';
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base URL; `{name}` is filled from the argument of that name, `{+name}` keeps its slashes (RFC 6570). */
  path: string;
  /** Arguments sent in the query although the method has a body. */
  query?: string[];
  headers?: Record<string, string>;
  /** The key in `data` under which the provider's answer stands; without it the answer is `data` itself. */
  dataKey?: string;
}

/** What a function tool may use of the outside. */
export interface ToolRuntime {
  now: () => Date;
}

/** A small typed function, for what is no single request. */
export interface FunctionTool extends ToolBase {
  kind: 'function';
  run(input: Record<string, unknown>, runtime: ToolRuntime): Promise<Record<string, unknown>>;
}
export type ToolSpec = HttpTool | FunctionTool;

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
  /** Sent with each request of the toolkit. */
  headers?: Record<string, string>;
  /** Of an API that answers refusals with status 200: which field of the body says so, and where the reason is. */
  refusal?: { field: string; is: unknown; message: string };
  /** The ways of authenticating it takes, the usual one first. Absent: no account is needed. */
  auth?: AuthSpec[];
  /** A request that answers who an account belongs to: it checks a credential and names the account. */
  currentUser?: { path: string; displayName: string };
  tools: ToolSpec[];
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
