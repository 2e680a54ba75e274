import { AuthScheme, ConnectionStatus, SandboxSize, SessionPermissions } from '@patchbay/contracts';
import { z } from 'zod';

/* What sessions answer on the wire (docs/api/sessions.md#a-session). */

const slugs = z.array(z.string());
const EnabledOrDisabled = z.union([z.object({ enabled: slugs }), z.object({ disabled: slugs })]);
const Tags = z.object({ enabled: slugs.optional(), disabled: slugs.optional() });

export const SessionConfigAnswer = z
  .object({
    user_id: z.string(),
    toolkits: EnabledOrDisabled.optional().describe('Absent: every toolkit.'),
    auth_configs: z.record(z.string(), z.string()).describe('Auth configs by toolkit.'),
    connected_accounts: z.record(z.string(), z.array(z.string())).describe('Pinned accounts by toolkit.'),
    manage_connections: z.object({
      enabled: z.boolean(),
      callback_url: z.string().optional(),
      enable_wait_for_connections: z.boolean(),
      enable_connection_removal: z.boolean(),
    }),
    tools: z.record(z.string(), z.union([EnabledOrDisabled, z.object({ tags: Tags })])),
    tags: Tags,
    workbench: z.object({
      enable: z.boolean(),
      proxy_execution_enabled: z.boolean(),
      auto_offload_threshold: z.number(),
      sandbox_size: SandboxSize,
    }),
    multi_account: z.object({
      enable: z.boolean(),
      max_accounts_per_toolkit: z.int(),
      require_explicit_selection: z.boolean(),
    }),
    preload: z.object({ tools: z.union([slugs, z.literal('all')]) }),
    search: z.object({ enable: z.boolean() }),
    execute: z.object({ enable_multi_execute: z.boolean() }),
    experimental: z
      .object({
        permissions: z
          .object({
            default: SessionPermissions.shape.default,
            overrides: z.record(
              z.string(),
              z.enum(['always_allow', 'always_deny', 'ask_once', 'ask_always']),
            ),
          })
          .optional(),
        link_url_overwrite: z.string().optional(),
        submit_feedback: z.object({ enable: z.boolean() }).optional(),
      })
      .optional(),
  })
  .meta({ id: 'SessionConfig', description: 'Which tools and accounts a session may use, and how.' });

const JsonSchema = z.record(z.string(), z.unknown());
const CustomTool = z.object({
  slug: z.string().describe('What agents call it by; begins with `LOCAL_`.'),
  original_slug: z.string(),
  name: z.string(),
  description: z.string(),
  input_schema: JsonSchema,
  output_schema: JsonSchema.optional(),
  extends_toolkit: z.string().optional(),
  preload: z.boolean().optional(),
});

export const FeedbackAnswer = z
  .object({
    id: z.string(),
    tool_slug: z.string().nullable().describe('Null: of the session as a whole.'),
    feedback: z.string(),
    log_id: z.string().describe('The call that it came by.'),
    created_at: z.string(),
  })
  .meta({ id: 'SessionFeedback' });

export const SessionAnswer = z
  .object({
    session_id: z.string(),
    mcp: z.object({
      type: z.literal('http'),
      url: z.string().describe('The MCP endpoint. It takes the key of the project as the API does.'),
    }),
    tool_router_tools: slugs.describe('What an agent is shown: preloaded tools, then meta tools.'),
    config: SessionConfigAnswer,
    config_version: z.int().min(1).describe('One more with each change.'),
    experimental: z
      .object({
        assistive_prompt: z.string().optional().describe('Tells a model how to use the session.'),
        source_session_config: z
          .object({ id: z.string() })
          .optional()
          .describe('The saved config that it took.'),
        custom_tools: z.array(CustomTool).optional(),
        custom_toolkits: z
          .array(
            z.object({
              slug: z.string(),
              name: z.string(),
              description: z.string(),
              preload: z.boolean().optional(),
              tools: z.array(CustomTool),
            }),
          )
          .optional(),
      })
      .optional(),
    warnings: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .optional()
      .describe('What was taken, and is worth a second look.'),
  })
  .meta({ id: 'Session', description: 'One user’s tools, accounts and MCP endpoint.' });

export const SessionVersionAnswer = z
  .object({
    version: z.int(),
    created_at: z.string(),
    config: SessionConfigAnswer,
    is_current: z.boolean(),
  })
  .meta({ id: 'SessionVersion' });

export const ListedSessionAnswer = z
  .object({
    session_id: z.string(),
    user_id: z.string(),
    config_version: z.int(),
    toolkits: SessionConfigAnswer.shape.toolkits,
    has_workbench: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ListedSession', description: 'A session as a list has it.' });

export const DeletedSessionAnswer = z.object({ session_id: z.string(), deleted: z.literal(true) });

export const SessionToolkitAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    enabled: z.literal(true),
    is_no_auth: z.boolean(),
    composio_managed_auth_schemes: z.array(z.string()).describe('Schemes for which the operator has an app.'),
    meta: z.object({ logo: z.string(), description: z.string() }),
    connected_account: z
      .object({
        id: z.string(),
        user_id: z.string(),
        status: ConnectionStatus,
        created_at: z.string(),
        auth_config: z.object({
          id: z.string(),
          auth_scheme: AuthScheme,
          is_composio_managed: z.boolean(),
        }),
      })
      .nullable()
      .describe('The account that a call would use now.'),
  })
  .meta({ id: 'SessionToolkit' });

export const McpClientsAnswer = z.object({
  clients: z
    .record(
      z.string(),
      z
        .object({
          name: z.string(),
          kind: z.enum(['file', 'command']),
          path: z
            .string()
            .optional()
            .describe('Of a file: below the project, or below the home where it begins with `~`.'),
          content: z.string(),
        })
        .meta({ id: 'McpClientSetup' }),
    )
    .describe('By the slug of each program.'),
});
