import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { JsonSchema } from '@patchbay/contracts';
import {
  checkArguments,
  ToolFailure,
  type FunctionTool,
  type HttpTool,
  type InstalledToolkit,
  type McpTool,
} from '@patchbay/toolkits';

import type { CatalogueEntry } from '../toolkits/index.js';

/** A tool as plain data: all there is of a described one, and all but the code of a programmed one. */
type KeptTool = (HttpTool | McpTool | Omit<FunctionTool, 'run'>) & { input: JsonSchema; output?: JsonSchema };

interface Kept {
  version: string;
  tools: KeptTool[];
}

/** What decides over how a toolkit's tools are shown and run. Where its API is and who may sign in is today's matter. */
export interface Content {
  /** Of the JSON, in hexadecimal. */
  sha256: string;
  /** The JSON by gzip, as `toolkitFrom` reads it. */
  compressed(): Promise<Buffer>;
}

/** @param entries of one toolkit; the schemas of all are made for it */
export function contentOf(version: string, entries: readonly CatalogueEntry[]): Content {
  const kept: Kept = { version, tools: entries.map(toKept) };
  const text = JSON.stringify(kept);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { sha256, compressed: () => promisify(gzip)(text) };
}

/** The toolkit as it was, run by what there is of it today. */
export async function toolkitFrom(content: Buffer, today: InstalledToolkit): Promise<InstalledToolkit> {
  const { version, tools } = JSON.parse(String(await promisify(gunzip)(content))) as Kept;
  const runnable = tools.map((tool) => (tool.kind === 'function' ? withCode(tool, today) : tool));
  return { ...today, version, tools: runnable.filter((tool) => tool !== undefined) };
}

function toKept({ spec, definition }: CatalogueEntry): KeptTool {
  const { data: output } = definition.outputSchema['properties'] as { data: JsonSchema };
  const kept = { ...spec, input: definition.inputSchema, output };
  // Which the input says as well.
  if (kept.kind === 'http') delete kept.argumentNames;
  return kept as KeptTool;
}

/** Code is that of today: what took the tool's place has its slug, or names it as one that it had before. */
function withCode(tool: Omit<FunctionTool, 'run'>, { tools }: InstalledToolkit): FunctionTool | undefined {
  const today = tools.find(({ slug, aliases }) => slug === tool.slug || aliases?.includes(tool.slug));
  if (today?.kind !== 'function') return undefined;
  const run: FunctionTool['run'] = async (given, runtime) => {
    const input = checkArguments(today, given);
    if (input.ok) return today.run(input.value, runtime);
    throw new ToolFailure(`Invalid request data provided: ${input.issues.join('; ')}`, {
      invalid_arguments: input.issues,
    });
  };
  return { ...tool, run };
}
