import type { ToolkitQuality } from '@patchbay/contracts';
import { readIndex, readTools, type DocumentSource } from './data-file.js';
import { anonymous } from './importing/public-slugs.js';
import { readMcpServers, serverToolkit } from './mcp-servers.js';
import type { HttpTool, ToolkitSpec, ToolSpec } from './toolkit.js';

/**
 * What ships: toolkits written by hand, those that were imported, and where both are of one toolkit, one
 * of both: the manifest and the tools written by hand win. Of all that is neither, the vendors' MCP servers that are
 * known. Tools are read from their file when they are first asked for: most services only want to know how a toolkit
 * authenticates.
 */
export function withImported(written: readonly ToolkitSpec[]): ToolkitSpec[] {
  const own = ownToolkits(written);
  const slugs = new Set(own.map(({ slug }) => slug));
  return [
    ...own,
    ...readMcpServers()
      .filter(({ slug }) => !slugs.has(slug))
      .map(serverToolkit),
  ];
}

function ownToolkits(written: readonly ToolkitSpec[]): ToolkitSpec[] {
  const index = readIndex();
  const importedOnly = Object.keys(index).filter((slug) => !written.some((toolkit) => toolkit.slug === slug));
  return [
    ...written.map((toolkit) => {
      const graded = { quality: { grade: 'written', triedOn: null, source: null } as const, ...toolkit };
      return Object.hasOwn(index, toolkit.slug) ? withTools(graded, () => merged(toolkit)) : graded;
    }),
    ...importedOnly.flatMap((slug) => {
      const entry = index[slug];
      return entry
        ? [withTools({ ...entry.toolkit, quality: imported(entry.source) }, () => readTools(slug))]
        : [];
    }),
  ];
}

function imported({ package: name, file, published, origin, drawnUp }: DocumentSource): ToolkitQuality {
  const from = drawnUp
    ? `a description that ${drawnUp.by} drew up after ${drawnUp.after}`
    : origin || `${name} ${file}`;
  return { grade: 'imported', triedOn: null, source: { from, readOn: published } };
}

/** What was imported of a toolkit, all of it: also what a tool written by hand took the place of. */
export function importedTools(slug: string): HttpTool[] {
  return Object.hasOwn(readIndex(), slug) ? readTools(slug) : [];
}

/** A toolkit whose tools are made when they are first asked for. */
function withTools(head: Omit<ToolkitSpec, 'tools'>, make: () => ToolSpec[]): ToolkitSpec {
  let tools: ToolSpec[] | undefined;
  const lazy: PropertyDescriptor = { enumerable: true, configurable: true, get: () => (tools ??= make()) };
  return Object.defineProperty({ ...head }, 'tools', lazy) as ToolkitSpec;
}

/** A copy with changes that reads tools lazily, on first use. */
export function withChanges<T extends ToolkitSpec, C extends object>(toolkit: T, changes: C): T & C {
  const descriptors = {
    ...Object.getOwnPropertyDescriptors(toolkit),
    ...Object.getOwnPropertyDescriptors(changes),
  };
  return Object.defineProperties({}, descriptors) as T & C;
}

/** Tools written by hand win; the names of those that they win over still lead to them. */
function merged({ slug, tools }: ToolkitSpec): ToolSpec[] {
  const bySlug = new Map(
    tools.flatMap((tool) => [tool.slug, ...(tool.aliases ?? [])].map((name) => [name, tool] as const)),
  );
  const byRequest = new Map(
    tools.flatMap((tool) => requestsOf(tool).map((request) => [anonymous(request), tool] as const)),
  );
  const twins = new Map<ToolSpec, HttpTool[]>();
  const imported = readTools(slug).filter((tool) => {
    const winner = bySlug.get(tool.slug) ?? byRequest.get(anonymous(requestOf(tool)));
    if (winner) twins.set(winner, [...(twins.get(winner) ?? []), tool]);
    return winner === undefined;
  });
  return [
    ...tools.map((tool) => withTwins(tool, twins.get(tool) ?? [])),
    ...imported.map((tool) => withoutNames(tool, bySlug)),
  ];
}

/** A name is one tool's: the one written by hand. The copy reads its schemas when they are asked for, too. */
function withoutNames(tool: HttpTool, owned: ReadonlyMap<string, ToolSpec>): HttpTool {
  const { aliases: _aliases, ...others } = Object.getOwnPropertyDescriptors(tool);
  const free = tool.aliases?.filter((name) => !owned.has(name)) ?? [];
  return Object.assign(Object.defineProperties({}, others) as HttpTool, free.length > 0 && { aliases: free });
}

/** A tool written by hand with what its imported twins have beyond it: their names, their mark, and what the answer holds. */
function withTwins(tool: ToolSpec, twins: readonly HttpTool[]): ToolSpec {
  const names = twins.flatMap((twin) => [twin.slug, ...(twin.aliases ?? [])]);
  const aliases = new Set([...(tool.aliases ?? []), ...names.filter((name) => name !== tool.slug)]);
  const isMarked = twins.some(({ tags }) => tags.includes('important'));
  const answering = tool.kind === 'http' && twins.find(({ dataKey }) => dataKey === tool.dataKey);
  return {
    ...tool,
    ...(aliases.size > 0 && { aliases: [...aliases] }),
    ...(isMarked && { tags: [...new Set(['important', ...tool.tags])] }),
    ...(answering && tool.output === undefined && answering.output && { output: answering.output }),
  } as ToolSpec;
}

/** The requests that a tool written by hand is all there is to. */
function requestsOf(tool: ToolSpec): readonly string[] {
  if (tool.kind === 'http') return [requestOf(tool)];
  return tool.kind === 'function' ? (tool.covers ?? []) : [];
}

function requestOf({ method, path }: HttpTool): string {
  return `${method} ${path}`;
}
