import {
  ProjectSettingsChanges,
  type ApiKey,
  type NewApiKey,
  type Project,
  type ProjectSettings,
} from '@patchbay/contracts';
import { z } from 'zod';
import type { ApiKeyAnswer, ProjectAnswer, SettingsAnswer } from './project.answer.js';

/** A project as docs/api/projects.md#with-the-organisations-key has it. */
export function presentProject({
  id,
  name,
  settings,
  createdAt,
  updatedAt,
}: Project): z.output<typeof ProjectAnswer> {
  return {
    id,
    name,
    display_name: settings.displayName,
    created_at: createdAt,
    updated_at: updatedAt,
    webhook_url: null,
    webhook_secret: null,
    deleted: false,
  };
}

export function presentApiKey(key: ApiKey | NewApiKey): z.output<typeof ApiKeyAnswer> {
  return {
    id: key.id,
    name: key.name,
    key: 'key' in key ? key.key : key.hint,
    ...(key.areas && { areas: key.areas }),
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
  };
}

/** The settings' names on the wire (docs/api/projects.md#settings); the last four are ours. */
const NAMES = {
  display_name: 'displayName',
  logo_url: 'logoUrl',
  require_mcp_api_key: 'requireMcpApiKey',
  mask_secret_keys_in_connected_account: 'maskSecrets',
  is_composio_link_enabled_for_managed_auth: 'showLinkPage',
  signed_url_file_expiry_in_seconds: 'fileUrlSeconds',
  is_2FA_enabled: 'checkAccountOwner',
  always_revoke_on_delete: 'alwaysRevokeOnDelete',
  allowed_callback_origins: 'allowedCallbackOrigins',
  bind_sign_in_to_browser: 'bindSignInToBrowser',
  oauth_callback_verifier_url: 'callbackVerifierUrl',
} as const satisfies Record<string, keyof ProjectSettings>;

export function presentSettings(settings: ProjectSettings): z.output<typeof SettingsAnswer> {
  const named = Object.fromEntries(
    Object.entries(NAMES).map(([wire, name]) => [wire, settings[name] ?? null]),
  );
  return {
    ...(named as { [Wire in keyof typeof NAMES]: Required<ProjectSettings>[(typeof NAMES)[Wire]] }),
    log_visibility_setting: settings.storePayloads ? 'show_all' : 'dont_store_data',
  };
}

type SettingsFields = typeof ProjectSettingsChanges.shape;

/** Names are translated here, and unknown ones refused: one may be meant to forbid something. */
export const SettingsBody = z
  .strictObject({
    ...(Object.fromEntries(
      Object.entries(NAMES).map(([wire, name]) => [wire, ProjectSettingsChanges.shape[name]]),
    ) as { [Wire in keyof typeof NAMES]: SettingsFields[(typeof NAMES)[Wire]] }),
    log_visibility_setting: z.enum(['show_all', 'dont_store_data']).optional(),
  })
  .transform(({ log_visibility_setting: visibility, ...body }) => ({
    ...Object.fromEntries(
      Object.entries(NAMES)
        .filter(([wire]) => (body as Record<string, unknown>)[wire] !== undefined)
        .map(([wire, name]) => [name, (body as Record<string, unknown>)[wire]]),
    ),
    ...(visibility && { storePayloads: visibility === 'show_all' }),
  }));
