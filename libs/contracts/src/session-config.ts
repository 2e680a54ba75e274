import { z } from 'zod';
import { CallbackUrl } from './connections.contract.js';
import { idSchema } from './ids.js';
import { SessionPermissions } from './session-permissions.js';
import { SessionScope } from './session-scope.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';
import { SandboxSize } from './workbench.contract.js';

export const SessionConfig = z.strictObject({
  ...SessionScope.shape,
  /** The saved configuration whose scope it was given last. A change of the scope afterwards leaves it. */
  savedConfigId: idSchema('savedConfig').optional(),
  /** Toolkit to auth config id. */
  authConfigs: z.record(ToolkitSlug, idSchema('authConfig')).default({}),
  /** Toolkit to the connections pinned for it. */
  connectedAccounts: z.record(ToolkitSlug, z.array(idSchema('connection')).min(1)).default({}),
  manageConnections: z
    .strictObject({
      enabled: z.boolean().default(true),
      callbackUrl: CallbackUrl.optional(),
      waitForConnections: z.boolean().default(false),
      connectionRemoval: z.boolean().default(true),
    })
    .prefault({}),
  workbench: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Absent: on, except where the session narrows the tools of a toolkit. False: off in the sandbox. */
      proxyExecution: z.boolean().optional(),
      /** Characters of a result past which it is saved into the workspace. */
      autoOffloadThreshold: z.number().positive().default(20_000),
      sandboxSize: SandboxSize.default('standard'),
    })
    .prefault({}),
  multiAccount: z
    .strictObject({
      enabled: z.boolean().default(false),
      maxAccountsPerToolkit: z.int().min(2).max(10).default(5),
      requireExplicitSelection: z.boolean().default(false),
    })
    .prefault({}),
  preload: z.strictObject({ tools: z.union([z.array(ToolSlug), z.literal('all')]).default([]) }).prefault({}),
  search: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  execute: z.strictObject({ multiExecute: z.boolean().default(true) }).prefault({}),
  permissions: SessionPermissions.optional(),
  /** Where the session's connect links begin instead of the platform's own address. */
  linkUrlOverwrite: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** Whether its agent has a tool to say what it thinks of its tools. */
  submitFeedback: z.boolean().optional(),
});
export type SessionConfig = z.infer<typeof SessionConfig>;

/**
 * A change of a session's configuration. A block left out stays as it is; null brings its default back;
 * `manageConnections`, `workbench` and `multiAccount` are merged field by field, the others replaced.
 */
export const SessionChanges = z.strictObject({
  savedConfigId: SessionConfig.shape.savedConfigId,
  toolkits: SessionConfig.shape.toolkits.nullable(),
  tools: SessionConfig.shape.tools.unwrap().nullish(),
  tags: SessionConfig.shape.tags.unwrap().nullish(),
  authConfigs: SessionConfig.shape.authConfigs.unwrap().nullish(),
  connectedAccounts: SessionConfig.shape.connectedAccounts.unwrap().nullish(),
  manageConnections: z.record(z.string(), z.unknown()).nullish(),
  workbench: z.record(z.string(), z.unknown()).nullish(),
  multiAccount: z.record(z.string(), z.unknown()).nullish(),
  preload: SessionConfig.shape.preload.unwrap().nullish(),
  search: SessionConfig.shape.search.unwrap().nullish(),
  execute: SessionConfig.shape.execute.unwrap().nullish(),
  permissions: SessionPermissions.nullish(),
  linkUrlOverwrite: SessionConfig.shape.linkUrlOverwrite.unwrap().nullish(),
  submitFeedback: SessionConfig.shape.submitFeedback.unwrap().nullish(),
});
export type SessionChanges = z.infer<typeof SessionChanges>;
