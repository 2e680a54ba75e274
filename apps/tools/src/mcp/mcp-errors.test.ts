import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainMcpError } from './mcp-errors.js';

const http = (status: number, text?: string) =>
  new SdkHttpError(SdkErrorCode.ClientHttpNotImplemented, `Error POSTing to endpoint: ${text}`, {
    status,
    statusText: '',
    ...(text !== undefined && { text }),
  } as ConstructorParameters<typeof SdkHttpError>[2]);
const dump = z.object({ tools: z.array(z.string()) }).safeParse({ tools: [1] }).error;

describe('what went wrong with an MCP server', () => {
  it.each<[string, unknown, string, RegExp]>([
    [
      'a page that is not there',
      http(404, '<html>Not found</html>'),
      'it answered HTTP 404',
      /address of its MCP endpoint/,
    ],
    [
      'a refusal with a reason',
      http(400, 'Bad Request: no session'),
      'it answered HTTP 400: Bad Request: no session',
      /address/,
    ],
    ['what it is not allowed', http(403), 'it answered HTTP 403', /source\.headers/],
    ['too many questions', http(429), 'it answered HTTP 429', /later/],
    ['an outage', http(502, '<html>'), 'it answered HTTP 502', /fails by itself/],
    [
      'its own error',
      new ProtocolError(-32603, 'out of coffee'),
      'it says: out of coffee (-32603)',
      /operator/,
    ],
    ['a web page', new SyntaxError('Unexpected token <'), 'its answer is not JSON', /endpoint/],
    [
      'JSON of another kind',
      dump,
      'it answered what is no message of MCP (tools.0: Invalid input: expected string, received number)',
      /endpoint/,
    ],
    [
      'an answer that is none',
      new SdkError(SdkErrorCode.InvalidResult, `Invalid result for tools/list: ${String(dump)}`),
      'its answer to tools/list is not as the protocol has it (at tools.0)',
      /operator/,
    ],
    [
      'an answer that nests too deep',
      new RangeError('Maximum call stack'),
      'what it sent is nested too deeply',
      /operator/,
    ],
    [
      'content of another type',
      new SdkError(SdkErrorCode.ClientHttpUnexpectedContent, 'Unexpected content type: text/html', {
        contentType: 'text/html',
      }),
      "it answered with content of text/html, which is not MCP's",
      /endpoint/,
    ],
    [
      'no answer',
      new SdkError(SdkErrorCode.RequestTimeout, 'Request timed out', { timeout: 5_000 }),
      'it did not answer within 5000 ms',
      /^$/,
    ],
    [
      'no answer, and no time at all',
      new SdkError(SdkErrorCode.RequestTimeout, 'x'),
      'it did not answer within the time that it has',
      /^$/,
    ],
    [
      'pages without end',
      new SdkError(SdkErrorCode.ListPaginationExceeded, 'tools/list: exceeded listMaxPages (100); x'),
      'its list of tools has more pages than are read',
      /operator/,
    ],
  ])('is told of %s', (_, error, reason, turn) => {
    const trouble = explainMcpError(error);
    expect(trouble.reason).toBe(reason);
    expect(trouble.turn ?? '').toMatch(turn);
    // No dump of a schema, and nothing of who wrote the library.
    expect(trouble.reason).not.toMatch(/[{}]|zod|POSTing/i);
  });
});
