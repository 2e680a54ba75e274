import type { SessionConfig } from '@patchbay/contracts';

/**
 * Which meta tools a session exposes (docs/api/meta-tools.md#which-a-session-has), in the order of the public listing. The
 * workbench's are offered only where a sandbox can be made.
 */
export function enabledMetaTools(config: SessionConfig, workbenchAvailable: boolean): string[] {
  const { search, execute, manageConnections, workbench, submitFeedback } = config;
  return [
    ...(search.enabled ? ['COMPOSIO_SEARCH_TOOLS', 'COMPOSIO_GET_TOOL_SCHEMAS'] : []),
    ...(execute.multiExecute ? ['COMPOSIO_MULTI_EXECUTE_TOOL'] : []),
    ...(manageConnections.enabled ? ['COMPOSIO_MANAGE_CONNECTIONS'] : []),
    ...(manageConnections.enabled && manageConnections.waitForConnections
      ? ['COMPOSIO_WAIT_FOR_CONNECTIONS']
      : []),
    ...(workbench.enabled && workbenchAvailable
      ? ['COMPOSIO_REMOTE_WORKBENCH', 'COMPOSIO_REMOTE_BASH_TOOL']
      : []),
    ...(submitFeedback ? ['COMPOSIO_SUBMIT_FEEDBACK'] : []),
  ];
}
