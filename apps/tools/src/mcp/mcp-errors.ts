import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import { outsideText } from '@patchbay/contracts';

const ENDPOINT = 'Give the address of its MCP endpoint (Streamable HTTP), which often ends in /mcp.';
const ITS_OWNER = 'The operator of the server has to fix this.';
const MAX_DETAIL = 160;

interface Trouble {
  /** What happened. */
  reason: string;
  /** Whose turn it is, and what to do. */
  turn?: string;
}

/** What went wrong with an MCP server, in words that are true of it and hold nothing of this platform's inside. */
export function explainMcpError(error: unknown): Trouble {
  // Of the parser and the schemas of the client library, on what is deeper than the stack.
  if (error instanceof RangeError) return { reason: 'what it sent is nested too deeply', turn: ITS_OWNER };
  if (error instanceof SdkHttpError) return ofStatus(error);
  if (error instanceof ProtocolError) {
    return { reason: `it says: ${outsideText(error.message) || 'nothing'} (${error.code})`, turn: ITS_OWNER };
  }
  if (error instanceof SdkError) return ofLibrary(error);
  if (error instanceof SyntaxError) return { reason: 'its answer is not JSON', turn: ENDPOINT };
  const [issue] = issuesOf(error);
  if (issue) return { reason: `it answered what is no message of MCP (${issue})`, turn: ENDPOINT };
  return { reason: error instanceof Error ? outsideText(error.message) : 'the request failed' };
}

export function reasonOf(error: unknown): string {
  return explainMcpError(error).reason;
}

function ofStatus({ status, data }: SdkHttpError): Trouble {
  const { text } = data as { text?: unknown };
  const said = typeof text === 'string' && !/^\s*</.test(text) ? outsideText(text, MAX_DETAIL) : '';
  const reason = `it answered HTTP ${status}${said ? `: ${said}` : ''}`;
  if (status === 403) {
    return { reason, turn: 'It refuses what it is shown: give it a token that it takes in source.headers.' };
  }
  if (status === 429) return { reason, turn: 'It is asked too often: try again later.' };
  if (status >= 500) return { reason, turn: 'It fails by itself: try again, or ask its operator.' };
  return { reason, turn: ENDPOINT };
}

function ofLibrary({ code, message, data }: SdkError): Trouble {
  const { method, contentType, timeout } = (data ?? {}) as Record<string, unknown>;
  switch (code) {
    case SdkErrorCode.InvalidResult:
    case SdkErrorCode.UnsupportedResultType: {
      const [, asked = ''] = /^Invalid result for ([\w/]{1,40})/.exec(message) ?? [];
      const named = typeof method === 'string' ? method : asked;
      const what = named ? `its answer to ${named}` : 'its answer';
      return { reason: `${what} is not as the protocol has it${detailIn(message)}`, turn: ITS_OWNER };
    }
    case SdkErrorCode.ClientHttpUnexpectedContent: {
      const type = outsideText(contentType, 80) || 'no type';
      return { reason: `it answered with content of ${type}, which is not MCP's`, turn: ENDPOINT };
    }
    case SdkErrorCode.RequestTimeout: {
      const limit = typeof timeout === 'number' ? `${timeout} ms` : 'the time that it has';
      return { reason: `it did not answer within ${limit}` };
    }
    case SdkErrorCode.ConnectionClosed:
      return { reason: 'it closed the connection before it answered' };
    case SdkErrorCode.ListPaginationExceeded:
      return { reason: 'its list of tools has more pages than are read', turn: ITS_OWNER };
    default:
      return { reason: outsideText(message) };
  }
}

/** The client library tells by a schema's own report what was wrong: of that the place and the words. */
function detailIn(message: string): string {
  const path = /"path":\s*\[([^\]]{0,200})\]/.exec(message)?.[1]?.replace(/["\s]/g, '').replaceAll(',', '.');
  return path ? ` (at ${outsideText(path, 80)})` : '';
}

/** Of an error of a schema, whichever copy of the library made it. */
function issuesOf(error: unknown): string[] {
  const { issues } = (error ?? {}) as { issues?: unknown };
  if (!Array.isArray(issues)) return [];
  return issues.slice(0, 1).map((issue) => {
    const { path, message } = issue as { path?: unknown; message?: unknown };
    const place = Array.isArray(path) ? path.map(String).join('.') : '';
    return outsideText(`${place || 'message'}: ${String(message)}`, MAX_DETAIL);
  });
}
