import { describe, expect, it } from 'vitest';
import { SessionConfig } from '@patchbay/contracts';
import { enabledMetaTools } from '../sessions/enabled-meta-tools.js';
import { META_TOOL_DEFINITIONS } from './definitions.js';

/** docs/api/meta-tools.md#which-a-session-has */
describe('the definitions of the meta tools', () => {
  it('are those of all that a session can have, in the same order', () => {
    const config = SessionConfig.parse({
      manageConnections: { waitForConnections: true },
      submitFeedback: true,
    });
    expect([...META_TOOL_DEFINITIONS.keys()]).toEqual(enabledMetaTools(config, true));
  });

  it('carry the hints of the contract', () => {
    const tags = [...META_TOOL_DEFINITIONS.values()].map((tool) => [tool.slug, tool.tags.toSorted()]);
    expect(Object.fromEntries(tags)).toEqual({
      COMPOSIO_SEARCH_TOOLS: ['important', 'openWorldHint', 'readOnlyHint'],
      COMPOSIO_GET_TOOL_SCHEMAS: ['readOnlyHint'],
      COMPOSIO_MULTI_EXECUTE_TOOL: ['destructiveHint', 'important', 'openWorldHint'],
      COMPOSIO_MANAGE_CONNECTIONS: ['destructiveHint', 'openWorldHint'],
      COMPOSIO_WAIT_FOR_CONNECTIONS: ['idempotentHint', 'readOnlyHint'],
      COMPOSIO_REMOTE_WORKBENCH: ['destructiveHint', 'openWorldHint'],
      COMPOSIO_REMOTE_BASH_TOOL: ['destructiveHint', 'openWorldHint'],
      COMPOSIO_SUBMIT_FEEDBACK: [],
    });
  });
});
