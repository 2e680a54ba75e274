import { ProtocolError, type JSONRPCRequest } from '@modelcontextprotocol/server';
import { ExactNumber, type JsonSchema } from '@patchbay/contracts';
import { HEADER_MISMATCH } from './json-rpc.js';

type ReadHeader = (name: string) => string | undefined;

/** Which parameter each method repeats in `Mcp-Name` (2026-07-28, Streamable HTTP, standard headers). */
const NAMED_BY: Record<string, string> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

/**
 * Every request of 2026-07-28 repeats parts of its body in its headers, for intermediaries that read no bodies. The
 * SDK's classification compares the headers that are there; this checks that the required ones are.
 * @throws ProtocolError `HEADER_MISMATCH`
 */
export function checkStandardHeaders({ method, params }: JSONRPCRequest, header: ReadHeader): void {
  if (header('mcp-protocol-version') === undefined) throw mismatch('MCP-Protocol-Version', 'is missing');
  if (header('mcp-method') === undefined) throw mismatch('Mcp-Method', 'is missing');
  const field = NAMED_BY[method];
  const named = field && params?.[field];
  if (typeof named === 'string') checkHeader('Mcp-Name', header('mcp-name'), named);
}

/** An argument that a tool's schema wants repeated in a header, by `x-mcp-header`. */
export interface HeaderParameter {
  path: string[];
  header: string;
}

/** The parameters of a tool that clients repeat in headers of their own. */
export function headerParametersOf(schema: JsonSchema, path: string[] = []): HeaderParameter[] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties as Record<string, JsonSchema>).flatMap(([name, property]) => {
    const header = property['x-mcp-header'];
    const own = typeof header === 'string' ? [{ path: [...path, name], header: `Mcp-Param-${header}` }] : [];
    return [...own, ...headerParametersOf(property, [...path, name])];
  });
}

/** @throws ProtocolError `HEADER_MISMATCH` when a header differs from its argument */
export function checkParameterHeaders(
  parameters: readonly HeaderParameter[],
  given: Record<string, unknown>,
  header: ReadHeader,
): void {
  for (const { path, header: name } of parameters) {
    const found = valueAt(given, path);
    const value = found instanceof ExactNumber ? found.toString() : found;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    checkHeader(name, header(name.toLowerCase()), value);
  }
}

function checkHeader(name: string, given: string | undefined, expected: string | number | boolean): void {
  if (given === undefined) throw mismatch(name, 'is missing');
  const decoded = decode(given.trim());
  if (decoded === undefined) throw mismatch(name, 'is no valid Base64');
  const same = typeof expected === 'number' ? Number(decoded) === expected : decoded === String(expected);
  if (!same) throw mismatch(name, 'does not say what the body says');
}

const ENCODED = /^=\?base64\?(.*)\?=$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A value that a header cannot hold as it is comes as `=?base64?…?=`. */
function decode(value: string): string | undefined {
  const encoded = ENCODED.exec(value)?.[1];
  if (encoded === undefined) return value;
  if (!BASE64.test(encoded)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

function valueAt(given: Record<string, unknown>, path: string[]): unknown {
  let value: unknown = given;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function mismatch(header: string, problem: string): ProtocolError {
  return new ProtocolError(
    HEADER_MISMATCH,
    `The request's headers and body disagree: ${header} ${problem}.`,
    {
      mismatch: { header },
    },
  );
}
