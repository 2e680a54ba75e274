import type { ToolDefinition } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ToolAnswer } from './catalogue.answer.js';

/** A tool as docs/api/tools.md#a-tool has it. */
export function presentTool(tool: ToolDefinition): z.output<typeof ToolAnswer> {
  const versions = tool.availableVersions ?? [tool.version];
  return {
    slug: tool.slug,
    name: tool.name,
    description: tool.description,
    toolkit: tool.toolkit,
    input_parameters: tool.inputSchema,
    output_parameters: tool.outputSchema,
    no_auth: !tool.needsAccount,
    version: tool.version,
    available_versions: versions,
    scopes: tool.scopes,
    scope_requirements: null,
    tags: tool.tags,
    is_deprecated: tool.deprecated,
    deprecated: {
      displayName: tool.name,
      version: tool.version,
      available_versions: versions,
      is_deprecated: tool.deprecated,
      toolkit: { logo: tool.toolkit.logo },
    },
  };
}
