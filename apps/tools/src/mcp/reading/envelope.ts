import type { JSONRPCResponse } from '@modelcontextprotocol/client';
import { isRecord, textOf } from './values.js';

const MEMBERS = ['jsonrpc', 'id', 'method', 'params', 'result', 'error'];
const INTERNAL_ERROR = -32_603;

/**
 * A message of JSON-RPC as its specification has it, whose parser takes nothing else: servers write null for what is
 * not there, leave out the version, add members of their own, or answer a list where an object should be.
 */
export function readEnvelope(message: unknown): unknown {
  if (Array.isArray(message)) return message.map(readEnvelope);
  if (!isRecord(message)) return message;
  const known = Object.fromEntries(
    Object.entries(message).filter(
      ([name, value]) => MEMBERS.includes(name) && (value !== null || name === 'result'),
    ),
  );
  const { result, error, method, ...rest } = known;
  const id = rest['id'];
  if (method !== undefined) return { jsonrpc: '2.0', ...rest, method };
  if (error !== undefined) return { jsonrpc: '2.0', id, error: readError(error) };
  return 'result' in known && id !== undefined ? { jsonrpc: '2.0', id, result: readResult(result) } : message;
}

/** Whether what was read is the answer to one request. */
export function isAnswer(message: unknown): message is JSONRPCResponse {
  if (!isRecord(message) || 'method' in message) return false;
  const { id } = message;
  const isNamed = typeof id === 'string' || typeof id === 'number';
  return isNamed && ('result' in message || 'error' in message);
}

function readResult(result: unknown): unknown {
  if (result === null) return {};
  if (!isRecord(result)) return { result };
  const { _meta, ...rest } = result;
  return isRecord(_meta) ? result : rest;
}

function readError(error: unknown): unknown {
  if (!isRecord(error)) return { code: INTERNAL_ERROR, message: textOf(error) ?? 'an error without words' };
  const { code, message, data } = error;
  return {
    code: Number.isInteger(Number(code)) && code !== null ? Number(code) : INTERNAL_ERROR,
    message: textOf(message) ?? textOf(code) ?? 'an error without words',
    ...(data !== undefined && { data }),
  };
}

/** The same of each event of a stream whose data is one line, as nearly every server writes it. */
export function readEnvelopes(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let line = '';
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (line + decoder.decode(chunk, { stream: true })).split('\n');
      line = lines.pop() ?? '';
      if (lines.length > 0)
        controller.enqueue(encoder.encode(lines.map((one) => `${readLine(one)}\n`).join('')));
    },
    flush(controller) {
      line += decoder.decode();
      if (line) controller.enqueue(encoder.encode(readLine(line)));
    },
  });
}

const DATA = /^data: ?(\{.*\}|\[.*\])(\r?)$/s;

function readLine(line: string): string {
  const [, data, ending = ''] = DATA.exec(line) ?? [];
  if (data === undefined) return line;
  try {
    return `data: ${JSON.stringify(readEnvelope(JSON.parse(data)))}${ending}`;
  } catch {
    return line;
  }
}
