import type {
  ListedSession,
  NamedCustomTool,
  NamedCustomTools,
  Session,
  SessionConfig,
} from '@patchbay/contracts';
import type { z } from 'zod';
import type { ListedSessionAnswer, SessionAnswer, SessionConfigAnswer } from './session.answer.js';

/** A session with what only some answers have: the prompt at creation, custom tools when they were sent. */
type ShownSession = Session & { assistivePrompt?: string; customTools?: NamedCustomTools | undefined };

/**
 * A session as docs/api/sessions.md#a-session has it. Optional fields are left out, never null.
 * @param gatewayUrl where the client reaches the gateway
 */
export function presentSession(session: ShownSession, gatewayUrl: string): z.output<typeof SessionAnswer> {
  return {
    session_id: session.id,
    mcp: { type: 'http', url: mcpUrl(session.id, gatewayUrl) },
    tool_router_tools: session.exposedTools,
    config: presentConfig(session.userId, session.config),
    config_version: session.configVersion,
    ...presentExperimental(session),
    ...warnings(session),
  };
}

export function presentListedSession(session: ListedSession): z.output<typeof ListedSessionAnswer> {
  return {
    session_id: session.id,
    user_id: session.userId,
    config_version: session.configVersion,
    ...(session.toolkits && { toolkits: session.toolkits }),
    has_workbench: session.hasWorkbench,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** The address of a session's MCP endpoint. */
export const mcpUrl = (sessionId: string, gatewayUrl: string) => `${gatewayUrl}/tool_router/${sessionId}/mcp`;

function presentExperimental({ assistivePrompt, customTools, config: { savedConfigId } }: ShownSession) {
  if (!assistivePrompt && !customTools && !savedConfigId) return {};
  return {
    experimental: {
      ...(assistivePrompt && { assistive_prompt: assistivePrompt }),
      ...(savedConfigId && { source_session_config: { id: savedConfigId } }),
      ...(customTools && {
        custom_tools: customTools.tools.map(presentCustomTool),
        custom_toolkits: customTools.toolkits.map(({ slug, name, description, preload, tools }) => ({
          slug,
          name,
          description,
          ...(preload !== undefined && { preload }),
          tools: tools.map(presentCustomTool),
        })),
      }),
    },
  };
}

function presentCustomTool(tool: NamedCustomTool) {
  const { slug, originalSlug, name, description, inputSchema, outputSchema, extendsToolkit, preload } = tool;
  return {
    slug,
    original_slug: originalSlug,
    name,
    description,
    input_schema: inputSchema,
    ...(outputSchema && { output_schema: outputSchema }),
    ...(extendsToolkit && { extends_toolkit: extendsToolkit }),
    ...(preload !== undefined && { preload }),
  };
}

export function presentConfig(userId: string, config: SessionConfig): z.output<typeof SessionConfigAnswer> {
  const { toolkits, manageConnections, workbench, multiAccount } = config;
  return {
    user_id: userId,
    ...(toolkits && { toolkits }),
    auth_configs: config.authConfigs,
    connected_accounts: config.connectedAccounts,
    manage_connections: {
      enabled: manageConnections.enabled,
      ...(manageConnections.callbackUrl && { callback_url: manageConnections.callbackUrl }),
      enable_wait_for_connections: manageConnections.waitForConnections,
      enable_connection_removal: manageConnections.connectionRemoval,
    },
    tools: config.tools,
    tags: config.tags,
    workbench: {
      enable: workbench.enabled,
      proxy_execution_enabled: workbench.proxyExecution ?? !isNarrowed(config),
      auto_offload_threshold: workbench.autoOffloadThreshold,
      sandbox_size: workbench.sandboxSize,
    },
    multi_account: {
      enable: multiAccount.enabled,
      max_accounts_per_toolkit: multiAccount.maxAccountsPerToolkit,
      require_explicit_selection: multiAccount.requireExplicitSelection,
    },
    preload: { tools: config.preload.tools },
    search: { enable: config.search.enabled },
    execute: { enable_multi_execute: config.execute.multiExecute },
    ...presentKeptExperimental(config),
  };
}

/** Then the proxy is off where the session does not switch it on. */
function isNarrowed({ tools, tags }: SessionConfig): boolean {
  return Object.keys(tools).length > 0 || tags.enabled !== undefined || (tags.disabled?.length ?? 0) > 0;
}

function presentKeptExperimental({ permissions, linkUrlOverwrite, submitFeedback }: SessionConfig) {
  if (!permissions && !linkUrlOverwrite && !submitFeedback) return {};
  return {
    experimental: {
      ...(permissions && { permissions }),
      ...(linkUrlOverwrite && { link_url_overwrite: linkUrlOverwrite }),
      ...(submitFeedback && { submit_feedback: { enable: true } }),
    },
  };
}

const COMFORTABLE_PRELOAD = 20;

/** Why an id is unwise, by what it is. */
const UNWISE_USER_IDS = [
  {
    isMeant: (userId: string) => userId === 'default',
    code: 'USER_ID_IS_DEFAULT',
    message:
      'Everybody who is served under the user id "default" shares one set of connected accounts, files and records. Give each user an id of their own.',
  },
  {
    isMeant: (userId: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(userId),
    code: 'USER_ID_IS_EMAIL_ADDRESS',
    message:
      'An e-mail address can change, and can come to belong to somebody else, who would then have the accounts of this user; it is also personal data that ends up in logs. Use an id that never changes, such as the key of the user in your own database.',
  },
];

function warnings({ userId, config: { preload }, workbenchMissing }: Session) {
  const isMuch = preload.tools === 'all' || preload.tools.length > COMFORTABLE_PRELOAD;
  const found = [
    ...(isMuch
      ? [
          {
            code: 'PRELOAD_TOOLS_HIGH_CONTEXT_USAGE',
            message: `Every preloaded tool takes room in the model's context; ${COMFORTABLE_PRELOAD} or fewer work best.`,
          },
        ]
      : []),
    ...UNWISE_USER_IDS.filter(({ isMeant }) => isMeant(userId)).map(({ code, message }) => ({
      code,
      message,
    })),
    ...(workbenchMissing ? [{ code: 'WORKBENCH_NOT_AVAILABLE', message: workbenchMissing }] : []),
  ];
  return found.length > 0 ? { warnings: found } : {};
}
