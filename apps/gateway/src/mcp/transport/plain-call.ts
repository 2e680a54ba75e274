import type { CallToolRequestParams, JSONRPCRequest } from '@modelcontextprotocol/server';
import { LEGACY_VERSIONS } from './server-info.js';

export type PlainCall = JSONRPCRequest & { params: CallToolRequestParams };

const CALL_FIELDS = new Set(['jsonrpc', 'id', 'method', 'params']);
const PARAMETERS = new Set(['name', 'arguments']);

/**
 * Tells a `tools/call` as most legacy clients send it, with nothing optional in it. The SDK finds out the same by four
 * checks of schemas, each as dear as all else that the endpoint does for a call (bench/README.md).
 * @param version what the request's `mcp-protocol-version` says
 * @returns undefined for all else, which the SDK has to judge, right or wrong
 */
export function plainCallOf(body: unknown, version: string | undefined): PlainCall | undefined {
  if (version !== undefined && !LEGACY_VERSIONS.includes(version)) return undefined;
  if (!isObject(body) || body['method'] !== 'tools/call' || body['jsonrpc'] !== '2.0') return undefined;
  const { id, params } = body;
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) return undefined;
  if (!isObject(params) || typeof params['name'] !== 'string') return undefined;
  if (params['arguments'] !== undefined && !isObject(params['arguments'])) return undefined;
  for (const field in body) if (!CALL_FIELDS.has(field)) return undefined;
  for (const field in params) if (!PARAMETERS.has(field)) return undefined;
  return body as PlainCall;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
