import { ProtocolError, SdkHttpError, type CallToolResult } from '@modelcontextprotocol/client';
import {
  AppError,
  isDeepValue,
  MAX_JSON_DEPTH,
  outsideLines,
  outsideText,
  type ContentBlock,
} from '@patchbay/contracts';
import { OutboundError } from '@patchbay/service';
import { ToolFailure, type McpTool, type ToolFiles } from '@patchbay/toolkits';
import { FAILURE_CHARACTERS } from '../calls/tool-result.js';
import { SignInWanted } from './mcp.session.js';

interface Receiver {
  /** The toolkit's. */
  name: string;
  files: ToolFiles;
  /** Blocks for those who can show them. */
  content: ContentBlock[];
}
type Block = CallToolResult['content'][number];

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
  const blocks = await Promise.all(content.map((block, index) => withoutBytes(block, index, receiver.files)));
  const structured = structuredContent as Record<string, unknown> | undefined;
  const others = content.filter(({ type }) => type !== 'text');
  const data = structured
    ? { ...(others.length > 0 && { content: blocks }), ...structured }
    : { content: blocks };
  if (isError) {
    const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
    throw new ToolFailure(
      outsideLines(text, FAILURE_CHARACTERS) || `${receiver.name} says that the tool failed.`,
      data,
    );
  }
  // The text is in the data already.
  receiver.content.push(...others);
  return data;
}

async function withoutBytes(block: Block, index: number, files: ToolFiles): Promise<unknown> {
  const found = bytesIn(block);
  if (!found) return block;
  const { mimetype, base64, rest } = found;
  const ending = /^[a-z]+\/([a-z0-9]+)/i.exec(mimetype)?.[1] ?? 'bin';
  const name = `${block.type}-${index + 1}.${ending}`;
  return { ...rest, file: await files.store({ name, mimetype, bytes: Buffer.from(base64, 'base64') }) };
}

function bytesIn(block: Block): { mimetype: string; base64: string; rest: object } | undefined {
  if (block.type === 'image' || block.type === 'audio') {
    const { data: base64, ...rest } = block;
    return { mimetype: block.mimeType, base64, rest };
  }
  if (block.type !== 'resource' || !('blob' in block.resource)) return undefined;
  const { blob: base64, ...resource } = block.resource;
  const mimetype = resource.mimeType ?? 'application/octet-stream';
  return { mimetype, base64, rest: { ...block, resource } };
}

/** Why a tool could not be run, and whether it may have done its work all the same. */
export function asFailure(error: unknown, tool: McpTool, name: string): Error {
  if (error instanceof ToolFailure) return error;
  if (error instanceof SignInWanted)
    return new ToolFailure(`${name} does not take this account's credential.`);
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

/** In the words of whoever failed, which the other side may have made long. */
export function reasonOf(error: unknown): string {
  // Of the parser and the schemas of the client library, on what is deeper than the stack.
  if (error instanceof RangeError) return 'what it sent is nested too deeply';
  return error instanceof Error ? outsideText(error.message) : 'the request failed';
}
