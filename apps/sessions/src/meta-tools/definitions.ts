import type { ToolDefinition } from '@patchbay/contracts';
import { getToolSchemasDescription } from './get-tool-schemas.js';
import { manageConnectionsDescription } from './manage-connections.js';
import { toDefinition } from './meta-tool.js';
import { multiExecuteDescription } from './multi-execute.js';
import { remoteBashDescription } from './remote-bash.js';
import { remoteWorkbenchDescription } from './remote-workbench.js';
import { searchToolsDescription } from './search-tools.js';
import { submitFeedbackDescription } from './submit-feedback.js';
import { waitForConnectionsDescription } from './wait-for-connections.js';

/** Every meta tool that this release has, as it is listed. */
export const META_TOOL_DEFINITIONS: ReadonlyMap<string, ToolDefinition> = new Map(
  [
    searchToolsDescription,
    getToolSchemasDescription,
    multiExecuteDescription,
    manageConnectionsDescription,
    waitForConnectionsDescription,
    remoteWorkbenchDescription,
    remoteBashDescription,
    submitFeedbackDescription,
  ].map((description) => [description.slug, toDefinition(description)]),
);
