import { AppError } from '@patchbay/contracts';

/** The words of a session's configuration that are others on the wire (docs/api/sessions.md#a-session). */
const WIRE_NAMES: Record<string, string> = {
  userId: 'user_id',
  userTimezone: 'experimental.assistive_prompt_config.user_timezone',
  expectedVersion: 'expected_config_version',
  authConfigs: 'auth_configs',
  connectedAccounts: 'connected_accounts',
  manageConnections: 'manage_connections',
  callbackUrl: 'callback_url',
  waitForConnections: 'enable_wait_for_connections',
  connectionRemoval: 'enable_connection_removal',
  proxyExecution: 'enable_proxy_execution',
  autoOffloadThreshold: 'auto_offload_threshold',
  sandboxSize: 'sandbox_size',
  multiAccount: 'multi_account',
  maxAccountsPerToolkit: 'max_accounts_per_toolkit',
  requireExplicitSelection: 'require_explicit_selection',
  multiExecute: 'enable_multi_execute',
  enabled: 'enable',
  disabled: 'disable',
  permissions: 'experimental.permissions',
  savedConfigId: 'experimental.session_config_id',
  submitFeedback: 'experimental.submit_feedback',
  linkUrlOverwrite: 'experimental.link_url_overwrite',
  inputSchema: 'input_schema',
  outputSchema: 'output_schema',
  extendsToolkit: 'extends_toolkit',
  accountType: 'experimental.account_type',
  accessList: 'experimental.acl_config_for_shared',
};

/** Where one block of the domain is another on the wire as a whole. */
const WIRE_PLACES: [RegExp, string][] = [
  [/^(config|changes)\./, ''],
  [/^scope\b/, 'config'],
  [/^customTools\.tools\b/, 'experimental.custom_tools'],
  [/^customTools\.toolkits\b/, 'experimental.custom_toolkits'],
  [/^customTools\b/, 'experimental.custom_tools'],
];

/** Runs a request about a session; an error names the fields as the client sent them. */
export async function inWireNames<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !error.issues) throw error;
    const issues = error.issues.map(toWireIssue);
    const message = error.issues.reduce(
      (text, issue, index) => text.replaceAll(issue, issues[index] ?? issue),
      error.message,
    );
    const { suggestion, retryable } = error;
    throw new AppError(error.code, message, { suggestion, issues, retryable, cause: error });
  }
}

/** `config.manageConnections.callbackUrl: …` as `manage_connections.callback_url: …`. */
export function toWireIssue(issue: string): string {
  const end = issue.indexOf(': ');
  if (end < 0) return issue;
  const path = WIRE_PLACES.reduce((text, [place, name]) => text.replace(place, name), issue.slice(0, end));
  const named = path.split('.').map((part) => WIRE_NAMES[part] ?? part);
  return `${named.join('.')}${issue.slice(end)}`;
}
