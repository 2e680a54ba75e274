import { letterLogo, type AuthSpec } from '@patchbay/toolkits';
import type { ImportedTool } from './toolkit-definition.js';
import type { SourceReading } from './source-reading.js';

/** The server whose tools they are. */
export interface McpServerName {
  slug: string;
  name: string | undefined;
  url: string;
  /** The project's own; without it, the first letter of the name. */
  logo?: string | undefined;
}

/** A toolkit of these tools. */
export function withTools(
  { slug, name = slug, url, logo = letterLogo(name) }: McpServerName,
  tools: ImportedTool[],
  auth: AuthSpec[],
): SourceReading {
  const definition = {
    name,
    description: `Tools of the MCP server ${placeOf(url)}.`,
    logo,
    baseUrl: url,
    auth,
    tools,
  };
  return { definition, imported: tools.map((tool) => tool.slug), renamed: [], refused: [], adjusted: [] };
}

function placeOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return protocol === 'pkg:' ? `in the package ${decodeURIComponent(pathname)}` : `at ${host}`;
}
