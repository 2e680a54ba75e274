import {
  CallbackUrl,
  idSchema,
  SandboxSize,
  SessionConfig,
  SessionPermissions,
  TimeZone,
  ToolkitSlug,
  ToolSlug,
  UserId,
  type SessionChanges,
} from '@patchbay/contracts';
import { z } from 'zod';
import { CustomToolsExperimental, customToolsFields, toCustomTools } from './custom-tools.body.js';

/*
 * The bodies of sessions on the wire (docs/api/sessions.md#create, docs/api/sessions.md#change) and their translation into the
 * domain's words. The values themselves are checked by the domain's own schema. A field that is not known here is refused by
 * name: it could be meant to narrow the session, which without it would be allowed more than its maker wanted.
 */

const enableOrDisable = (slug: z.ZodType<string, string>) =>
  z
    .union([z.strictObject({ enable: z.array(slug) }), z.strictObject({ disable: z.array(slug) })], {
      error: 'must be {"enable": […]} or {"disable": […]}',
    })
    .transform((filter) => ('enable' in filter ? { enabled: filter.enable } : { disabled: filter.disable }));

const Tags = z
  .union([
    z.array(z.string()).transform((enable) => ({ enable })),
    z.strictObject({ enable: z.array(z.string()).optional(), disable: z.array(z.string()).optional() }),
  ])
  .transform((tags: { enable?: string[]; disable?: string[] }) => ({
    ...(tags.enable && { enabled: tags.enable }),
    ...(tags.disable && { disabled: tags.disable }),
  }));

const ToolFilter = z.union([enableOrDisable(ToolSlug), z.strictObject({ tags: Tags })], {
  error: 'must be {"enable": […]}, {"disable": […]} or {"tags": …}',
});

/** On a patch null means "the default again", so it is passed on. */
const flag = z.boolean().nullish();

const ManageConnections = z
  .strictObject({
    enable: flag,
    callback_url: CallbackUrl.nullish(),
    enable_wait_for_connections: flag,
    enable_connection_removal: flag,
  })
  .transform((block) =>
    given({
      enabled: block.enable,
      callbackUrl: block.callback_url,
      waitForConnections: block.enable_wait_for_connections,
      connectionRemoval: block.enable_connection_removal,
    }),
  );

const Workbench = z
  .strictObject({
    enable: flag,
    enable_proxy_execution: flag,
    auto_offload_threshold: z.number().positive().nullish(),
    sandbox_size: SandboxSize.nullish(),
  })
  .transform((block) =>
    given({
      enabled: block.enable,
      proxyExecution: block.enable_proxy_execution,
      autoOffloadThreshold: block.auto_offload_threshold,
      sandboxSize: block.sandbox_size,
    }),
  );

const MultiAccount = z
  .strictObject({
    enable: flag,
    max_accounts_per_toolkit: z.int().min(2).max(10).nullish(),
    require_explicit_selection: flag,
  })
  .refine(
    (block) =>
      block.enable !== false ||
      (typeof block.max_accounts_per_toolkit !== 'number' && block.require_explicit_selection !== true),
    'cannot be off and have max_accounts_per_toolkit or require_explicit_selection',
  )
  .transform((block) =>
    given({
      enabled: block.enable,
      maxAccountsPerToolkit: block.max_accounts_per_toolkit,
      requireExplicitSelection: block.require_explicit_selection,
    }),
  );

/** What a session may use, which a saved configuration holds too. */
export const SCOPE_BLOCKS = {
  toolkits: enableOrDisable(ToolkitSlug).nullish(),
  tools: z.record(ToolkitSlug, ToolFilter).nullish(),
  tags: Tags.nullish(),
};

const blocks = {
  ...SCOPE_BLOCKS,
  auth_configs: z.record(ToolkitSlug, idSchema('authConfig')).nullish(),
  connected_accounts: z.record(ToolkitSlug, z.array(idSchema('connection')).min(1)).nullish(),
  manage_connections: ManageConnections.nullish(),
  workbench: Workbench.nullish(),
  sandbox: Workbench.nullish(),
  multi_account: MultiAccount.nullish(),
  preload: z
    .strictObject({
      tools: z
        .union([z.array(ToolSlug), z.literal('all')], { error: 'must be a list of slugs or "all"' })
        .optional(),
    })
    .nullish(),
  search: z.strictObject({ enable: z.boolean().optional() }).nullish(),
  execute: z.strictObject({ enable_multi_execute: z.boolean().optional() }).nullish(),
};

/** Of the hosted service's billing; it neither widens nor narrows what a session may do. */
const ignoredAtRoot = { premium_usage: z.unknown().optional(), instant: z.unknown().optional() };

/** A hint for the hosted service's speed: a session here is the same without it. */
const ignoredExperimental = { fast_mode: z.unknown().optional() };

/** The experimental fields that a session keeps. */
const keptExperimental = {
  permissions: z
    .strictObject({
      default: SessionPermissions.shape.default,
      overrides: SessionPermissions.shape.overrides.unwrap().nullish(),
    })
    .transform(({ overrides, ...rest }) => ({ ...rest, ...(overrides && { overrides }) }))
    .nullish(),
  link_url_overwrite: SessionConfig.shape.linkUrlOverwrite.unwrap().nullish(),
  session_config_id: idSchema('savedConfig').nullish(),
  submit_feedback: z.strictObject({ enable: z.boolean().optional() }).nullish(),
};
const KeptExperimental = z.strictObject({ ...keptExperimental, ...ignoredExperimental });
const CreateExperimental = z.strictObject({
  ...keptExperimental,
  ...ignoredExperimental,
  ...customToolsFields,
  assistive_prompt_config: z.strictObject({ user_timezone: TimeZone.nullish() }).nullish(),
});

function toChanges(
  body: z.output<z.ZodObject<typeof blocks>>,
  experimental: z.output<typeof KeptExperimental> | null | undefined,
) {
  const { preload, search, execute } = body;
  return given({
    toolkits: body.toolkits,
    tools: body.tools,
    tags: body.tags,
    authConfigs: body.auth_configs,
    connectedAccounts: body.connected_accounts,
    manageConnections: body.manage_connections,
    workbench: body.workbench === undefined ? body.sandbox : body.workbench,
    multiAccount: body.multi_account,
    preload: preload && given({ tools: preload.tools }),
    search: search && given({ enabled: search.enable }),
    execute: execute && given({ multiExecute: execute.enable_multi_execute }),
    // The whole block as null: each of its fields goes back to its default.
    permissions: experimental === null ? null : experimental?.permissions,
    linkUrlOverwrite: experimental === null ? null : experimental?.link_url_overwrite,
    submitFeedback: experimental === null ? null : feedbackOf(experimental?.submit_feedback),
    savedConfigId: experimental?.session_config_id ?? undefined,
  }) as SessionChanges;
}

/** As with every block: null brings the default back, and what is left out stays. */
function feedbackOf(block: { enable?: boolean | undefined } | null | undefined): boolean | null | undefined {
  return block === null ? null : block?.enable;
}

interface ScopeGiven {
  toolkits?: unknown;
  tools?: unknown;
  tags?: unknown;
  experimental?: { session_config_id?: unknown; custom_tools?: unknown; custom_toolkits?: unknown } | null;
}

/** A saved configuration is all that is said of what the session may use: what stands beside it is refused by name. */
function requireSavedAlone({ experimental, ...blocks }: ScopeGiven, context: z.RefinementCtx): void {
  if (typeof experimental?.session_config_id !== 'string') return;
  const beside = {
    toolkits: blocks.toolkits,
    tools: blocks.tools,
    tags: blocks.tags,
    'experimental.custom_tools': experimental.custom_tools,
    'experimental.custom_toolkits': experimental.custom_toolkits,
  };
  for (const [name, value] of Object.entries(beside)) {
    if (value === undefined) continue;
    const message =
      'cannot be given with experimental.session_config_id, which says what the session may use';
    context.addIssue({ code: 'custom', path: name.split('.'), message });
  }
}

export const CreateSessionBody = z
  .strictObject({
    user_id: UserId,
    ...blocks,
    ...ignoredAtRoot,
    experimental: CreateExperimental.nullish(),
  })
  .superRefine(requireSavedAlone)
  .transform(({ user_id: userId, experimental, ...body }) => ({
    userId,
    config: withoutNulls(toChanges(body, experimental)),
    ...(experimental?.assistive_prompt_config?.user_timezone && {
      userTimezone: experimental.assistive_prompt_config.user_timezone,
    }),
    ...given({ customTools: toCustomTools(experimental) }),
  }));
export type CreateSessionBody = z.output<typeof CreateSessionBody>;

export const AttachSessionBody = z
  .strictObject({ experimental: CustomToolsExperimental })
  .transform(({ experimental }) => ({ customTools: experimental ?? { tools: [], toolkits: [] } }));
export type AttachSessionBody = z.output<typeof AttachSessionBody>;

export const PatchSessionBody = z
  .strictObject({
    ...blocks,
    ...ignoredAtRoot,
    experimental: KeptExperimental.nullish(),
    expected_config_version: z.int().optional(),
  })
  .superRefine(requireSavedAlone)
  .transform(({ expected_config_version: expectedVersion, experimental, ...body }) => ({
    changes: toChanges(body, experimental),
    ...(expectedVersion !== undefined && { expectedVersion }),
  }));
export type PatchSessionBody = z.output<typeof PatchSessionBody>;

/** Leaves out what was not given: absent and null mean different things further on. */
function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** At creation there is nothing yet that null could bring back, so it means "not given". */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}
