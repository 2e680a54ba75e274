import { ProtocolError, SdkHttpError, type CallToolResult } from '@modelcontextprotocol/client';
import { AppError, isDeepValue, MAX_JSON_DEPTH, outsideLines, type ContentBlock } from '@patchbay/contracts';
import { OutboundError } from '@patchbay/service';
import { ToolFailure, type McpTool, type ToolFiles } from '@patchbay/toolkits';
import { MAX_FAILURE_CHARACTERS } from '../providers/index.js';
import { SignInWanted } from './mcp.session.js';
import { reasonOf } from './mcp-errors.js';
import { isProtocolBlock, wholeBlock, withoutMark } from './reading/tool-answer.js';
import { isRecord } from './reading/values.js';

interface Receiver {
  /** The toolkit's. */
  name: string;
  files: ToolFiles;
  /** Blocks for those who can show them. */
  content: ContentBlock[];
}

/**
 * What a tool answered as data: what is structured, else its blocks. What is bytes in them is kept as a file,
 * and goes whole to MCP clients only.
 * @throws ToolFailure when the tool says that it failed
 */
export async function answerOf(result: CallToolResult, receiver: Receiver): Promise<Record<string, unknown>> {
  if (isDeepValue(result)) {
    throw new ToolFailure(
      `${receiver.name} ran the tool, and its answer cannot be passed on: it nests deeper than ${MAX_JSON_DEPTH} levels.`,
    );
  }
  const { content, structuredContent, isError } = result;
  const blocks = await Promise.all(
    content.map((block, index) => withoutBytes(wholeBlock(block), index, receiver.files)),
  );
  const structured = structuredContent as Record<string, unknown> | undefined;
  const others = content.filter((block) => block.type !== 'text' || !isProtocolBlock(block));
  const data = structured
    ? { ...(others.length > 0 && { [blocksKey(structured)]: blocks }), ...structured }
    : { content: blocks };
  if (isError) {
    const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
    throw new ToolFailure(
      outsideLines(text, MAX_FAILURE_CHARACTERS) || `${receiver.name} says that the tool failed.`,
      data,
    );
  }
  // The text is in the data already.
  receiver.content.push(...others.filter(isProtocolBlock).map(withoutMark));
  return data;
}

function blocksKey(structured: Record<string, unknown>): string {
  return 'content' in structured ? 'content_blocks' : 'content';
}

async function withoutBytes(block: unknown, index: number, files: ToolFiles): Promise<unknown> {
  const found = isRecord(block) ? bytesIn(block) : undefined;
  if (!found) return block;
  const { kind, mimetype, base64, rest } = found;
  const ending = /^[a-z]+\/([a-z0-9]+)/i.exec(mimetype)?.[1] ?? 'bin';
  const name = `${kind}-${index + 1}.${ending}`;
  return { ...rest, file: await files.store({ name, mimetype, bytes: Buffer.from(base64, 'base64') }) };
}

interface Bytes {
  kind: string;
  mimetype: string;
  base64: string;
  rest: Record<string, unknown>;
}

/** Blocks of types to come carry their bytes as pictures and sounds do. */
function bytesIn(block: Record<string, unknown>): Bytes | undefined {
  const { type, resource } = block;
  const kind = typeof type === 'string' ? (/^\w{1,30}$/.exec(type)?.[0] ?? 'block') : 'block';
  if (typeof block['data'] === 'string' && typeof block['mimeType'] === 'string') {
    const { data: base64, ...rest } = block as { data: string; mimeType: string };
    return { kind, mimetype: rest.mimeType, base64, rest };
  }
  if (!isRecord(resource) || typeof resource['blob'] !== 'string') return undefined;
  const { blob: base64, ...about } = resource as { blob: string };
  const { mimeType } = about as { mimeType?: unknown };
  const mimetype = typeof mimeType === 'string' ? mimeType : 'application/octet-stream';
  return { kind, mimetype, base64, rest: { ...block, resource: about } };
}

/** Why a tool could not be run, and whether it may have done its work all the same. */
export function asFailure(error: unknown, tool: McpTool, name: string): Error {
  if (error instanceof ToolFailure) return error;
  if (error instanceof SignInWanted)
    return new ToolFailure(
      `${name} does not take this account's credential: its user has to connect the account again.`,
    );
  const message = `${name} could not run the tool: ${reasonOf(error)}`;
  if (isSettled(error) || tool.tags.includes('readOnlyHint')) return new ToolFailure(message);
  const doubt = `${message} Whether ${name} has carried it out is not known: look before you try again.`;
  return new ToolFailure(doubt, { message: doubt, outcome_unknown: true });
}

/** The server's own word, or a request that never left. */
function isSettled(error: unknown): boolean {
  if (error instanceof OutboundError) return error.trouble === 'unreachable';
  return error instanceof AppError || error instanceof ProtocolError || error instanceof SdkHttpError;
}
