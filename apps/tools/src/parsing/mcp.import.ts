import type { Tool } from '@modelcontextprotocol/client';
import { outsideLines, outsideText, TOOL_HINTS, type JsonSchema } from '@patchbay/contracts';
import type { AuthSpec, McpTool } from '@patchbay/toolkits';
import {
  findBreaches,
  ImportRefusal,
  toTakenOutput,
  toTakenSchema,
  within,
  type ParserJob,
} from '@patchbay/toolkits/parsers';
import type { SourceReading } from '../project-toolkits/source-reading.js';
import { withTools, type McpServerName } from './mcp.tools.js';
import { bounded, type ImportResult } from './openapi.import.js';

export interface McpToolsJob {
  server: McpServerName;
  tools: Tool[];
  auth: AuthSpec[];
}

const MAX_SLUG_LENGTH = 64;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_TOOLS = 1_000;
/** Characters of a tool's name and title. */
const MAX_NAME_LENGTH = 200;
/** Of those that are told of. */
const MAX_REFUSED = 100;

/** The toolkit that a list of tools of an MCP server means. */
export async function mcpTools({ input, limitMs }: ParserJob<McpToolsJob>): Promise<ImportResult> {
  const { server, tools, auth } = input;
  return within(limitMs, () => bounded({ reading: toReading(server, tools, auth) }));
}

/** What a list of tools means as a definition. */
export function toReading(source: McpServerName, tools: Tool[], auth: AuthSpec[] = []): SourceReading {
  const taken = new Set<string>();
  const refused: SourceReading['refused'] = [];
  const kept: McpTool[] = [];
  for (const [index, tool] of tools.entries()) {
    try {
      if (index >= MAX_TOOLS) throw new ImportRefusal('', `a toolkit may have ${MAX_TOOLS} tools`);
      const made = toTool(source.slug, tool, taken);
      const [breach] = findBreaches(made.slug, made.input);
      if (breach) throw new ImportRefusal('', breach);
      taken.add(made.slug);
      kept.push(made);
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      if (refused.length === MAX_REFUSED) break;
      refused.push({
        operation: outsideText(tool.name, MAX_NAME_LENGTH),
        place: outsideText(`/tools/${index}/inputSchema${error.place}`),
        reason: outsideText(error.reason),
      });
    }
  }
  return { ...withTools(source, kept, auth), refused };
}

function toTool(toolkit: string, tool: Tool, taken: ReadonlySet<string>): McpTool {
  if (tool.name.length > MAX_NAME_LENGTH) {
    throw new ImportRefusal('', `a name may have ${MAX_NAME_LENGTH} characters`);
  }
  const words = `${toolkit}_${tool.name}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  let slug = words.slice(0, MAX_SLUG_LENGTH).replace(/_+$/, '');
  for (let count = 2; taken.has(slug); count += 1) slug = `${words.slice(0, MAX_SLUG_LENGTH - 4)}_${count}`;
  const annotations = tool.annotations ?? {};
  const output = outputOf(tool);
  return {
    kind: 'mcp',
    slug,
    upstreamName: tool.name,
    name: outsideText(tool.title ?? annotations.title ?? tool.name, MAX_NAME_LENGTH),
    description: outsideLines(tool.description ?? tool.name, MAX_DESCRIPTION_LENGTH),
    tags: TOOL_HINTS.filter((hint) => annotations[hint] === true),
    input: toTakenSchema(tool.inputSchema as JsonSchema),
    ...(output && { output }),
  };
}

/** A tool runs without a word on what it answers, too. */
function outputOf({ outputSchema }: Tool): JsonSchema | undefined {
  try {
    return outputSchema && toTakenOutput(outputSchema as JsonSchema);
  } catch (error) {
    if (error instanceof ImportRefusal) return undefined;
    throw error;
  }
}
