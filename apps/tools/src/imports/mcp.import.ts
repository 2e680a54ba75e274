import { outsideLines, outsideText, TOOL_HINTS, type JsonSchema } from '@patchbay/contracts';
import type { ArgumentForm, AuthSpec, McpTool } from '@patchbay/toolkits';
import {
  findBreaches,
  ImportRefusal,
  toTakenOutput,
  toTakenInput,
  within,
  type ParserJob,
} from '@patchbay/toolkits/parsers';
import type { ListedTool, SkippedTool } from '../mcp/index.js';
import type { SourceReading } from './source-reading.js';
import { withTools, type McpServerName } from './mcp.tools.js';
import { bounded, type ImportResult } from './openapi.import.js';

export interface McpToolsJob {
  server: McpServerName;
  tools: ListedTool[];
  /** What its server lists among them and is none. */
  skipped: SkippedTool[];
  auth: AuthSpec[];
}

const MAX_SLUG_LENGTH = 64;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_TOOLS = 1_000;
/** Characters of a tool's name and title. */
const MAX_NAME_LENGTH = 200;
/** Of those that are told of, of a kind. */
const MAX_TOLD = 100;

/** The toolkit that a list of tools of an MCP server means. */
export async function mcpTools({ input, limitMs }: ParserJob<McpToolsJob>): Promise<ImportResult> {
  const { server, tools, skipped, auth } = input;
  return within(limitMs, () => bounded({ reading: toReading(server, tools, auth, skipped) }));
}

/** What a list of tools means as a definition. What is not taken of it, or not as it stands there, is said. */
export function toReading(
  source: McpServerName,
  tools: ListedTool[],
  auth: AuthSpec[] = [],
  skipped: SkippedTool[] = [],
): SourceReading {
  const taken = new Set<string>();
  const names = new Set<string>();
  const refused: SourceReading['refused'] = skipped.map(({ index, name, reason }) =>
    refusal(name, `/tools/${index}`, reason),
  );
  const renamed: SourceReading['renamed'] = [];
  const adjusted: SourceReading['adjusted'] = [];
  const kept: McpTool[] = [];
  for (const tool of tools) {
    const place = `/tools/${tool.index}`;
    try {
      if (kept.length >= MAX_TOOLS) throw new ImportRefusal('', `a toolkit may have ${MAX_TOOLS} tools`);
      if (names.has(tool.name)) throw new ImportRefusal('', 'another tool before it has this name');
      const made = toTool(source.slug, tool, taken);
      const [breach] = findBreaches(made.slug, made.input);
      if (breach) throw new ImportRefusal('', breach);
      taken.add(made.slug);
      names.add(tool.name);
      kept.push(made);
      renamed.push(...renamedIn(made));
      adjusted.push(...adjustedIn(tool, made, place));
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      refused.push(refusal(tool.name, `${place}/inputSchema${error.place}`, error.reason));
    }
  }
  return {
    ...withTools(source, kept, auth),
    refused: told(refused, (count) => refusal('', '/tools', `${count} more are not taken`)),
    renamed: told(renamed, (count) => ({ from: '', to: '', reason: `${count} more have other names` })),
    adjusted: told(adjusted, (count) => refusal('', '/tools', `${count} more are not quite as they were`)),
  };
}

function refusal(operation: string, place: string, reason: string) {
  return {
    operation: outsideText(operation, MAX_NAME_LENGTH),
    place: outsideText(place),
    reason: outsideText(reason),
  };
}

/** A server may list more than a person reads: the rest is counted. */
function told<T>(all: T[], andMore: (count: number) => T): T[] {
  return all.length > MAX_TOLD ? [...all.slice(0, MAX_TOLD), andMore(all.length - MAX_TOLD)] : all;
}

function toTool(toolkit: string, tool: ListedTool, taken: ReadonlySet<string>): McpTool {
  if (tool.name.length > MAX_NAME_LENGTH) {
    throw new ImportRefusal('', `a name may have ${MAX_NAME_LENGTH} characters`);
  }
  const annotations = tool.annotations ?? {};
  const output = outputOf(tool);
  const { schema, form } = toTakenInput(tool.inputSchema);
  const title = tool.title ?? annotations['title'] ?? tool.name;
  return {
    kind: 'mcp',
    slug: slugFor(toolkit, tool.name, taken),
    upstreamName: tool.name,
    name: outsideText(title, MAX_NAME_LENGTH) || tool.name.slice(0, MAX_NAME_LENGTH),
    description: outsideLines(tool.description || tool.name, MAX_DESCRIPTION_LENGTH),
    tags: TOOL_HINTS.filter((hint) => annotations[hint] === true),
    input: schema,
    ...(form && { argumentForm: form }),
    ...(output && { output }),
  };
}

/** Of a name in another script nothing may be left: such tools are told apart by a number. */
function slugFor(toolkit: string, name: string, taken: ReadonlySet<string>): string {
  const own = name.normalize('NFKD').replace(/\p{M}+/gu, '');
  const prefix = toolkit.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  const said = own.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  const words =
    said.replaceAll('_', '') === '' ? `${prefix}_TOOL` : `${prefix}_${said}`.replaceAll(/_+/g, '_');
  const wished = words.slice(0, MAX_SLUG_LENGTH).replace(/_+$/, '');
  if (!taken.has(wished)) return wished;
  for (let count = 2; ; count += 1) {
    const ending = `_${count}`;
    const slug = words.slice(0, MAX_SLUG_LENGTH - ending.length).replace(/_+$/, '') + ending;
    if (!taken.has(slug)) return slug;
  }
}

function renamedIn({ slug, argumentForm }: McpTool): SourceReading['renamed'] {
  return renamedFields(argumentForm).map(({ from, to }) => ({
    from: outsideText(from, MAX_NAME_LENGTH),
    to,
    reason: `${slug}: models take no such name`,
  }));
}

function renamedFields(form: ArgumentForm | undefined, path = ''): { from: string; to: string }[] {
  if (!form) return [];
  const own = Object.entries(form.names ?? {}).map(([to, from]) => ({ from: path + from, to: path + to }));
  const inside = Object.entries(form.inside ?? {}).flatMap(([name, inner]) =>
    renamedFields(inner, `${path}${name}.`),
  );
  return [...own, ...inside, ...renamedFields(form.items, `${path}items.`)];
}

/** What of a tool that was taken is not as its server has it. */
function adjustedIn(tool: ListedTool, made: McpTool, place: string): SourceReading['adjusted'] {
  const { length } = tool.description ?? '';
  const long = `shortened to ${MAX_DESCRIPTION_LENGTH} of ${length} characters: models take no longer ones`;
  return [
    ...(length > MAX_DESCRIPTION_LENGTH ? [refusal(tool.name, `${place}/description`, long)] : []),
    ...(tool.outputSchema && !made.output
      ? [refusal(tool.name, `${place}/outputSchema`, 'cannot be read: what it answers is not told')]
      : []),
  ];
}

/** A tool runs without a word on what it answers, too. */
function outputOf({ outputSchema }: ListedTool): JsonSchema | undefined {
  try {
    const output = outputSchema && toTakenOutput(outputSchema);
    // What is no object stands in `data` under a name, as the protocol has it for older clients.
    if (!output || output['type'] === undefined || output['type'] === 'object') return output;
    return { type: 'object', properties: { result: output } };
  } catch (error) {
    if (error instanceof ImportRefusal) return undefined;
    throw error;
  }
}
