import { KeyAreas } from '@patchbay/contracts';
import { z } from 'zod';

/* What projects answer on the wire (docs/api/projects.md#with-the-organisations-key). */

export const ProjectAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    display_name: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    webhook_url: z.null(),
    webhook_secret: z.null(),
    deleted: z.literal(false),
  })
  .meta({ id: 'Project', description: 'A tenant: keys, accounts, sessions and record of one product.' });

export const ApiKeyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    key: z.string().describe('The key itself in the answer of its creation, later only a hint of it.'),
    areas: KeyAreas.optional().describe('Of a scoped key: what it is let into.'),
    created_at: z.string(),
    last_used_at: z.string().nullable().describe('To about five minutes; null: never.'),
  })
  .meta({ id: 'ApiKey' });

export const ProjectWithKeysAnswer = ProjectAnswer.extend({ api_keys: z.array(ApiKeyAnswer) }).meta({
  id: 'ProjectWithKeys',
});

export const ProjectsAnswer = z.object({
  data: z.array(ProjectAnswer),
  next_cursor: z.string().nullable(),
  total_pages: z.int(),
  current_page: z.int(),
  total_items: z.int(),
});

export const NewProjectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  api_key: z.string().nullable(),
});

export const SettingsAnswer = z
  .object({
    display_name: z.string().nullable(),
    logo_url: z.string().nullable(),
    require_mcp_api_key: z.boolean(),
    mask_secret_keys_in_connected_account: z.boolean(),
    is_composio_link_enabled_for_managed_auth: z.boolean(),
    signed_url_file_expiry_in_seconds: z.int(),
    is_2FA_enabled: z.boolean(),
    always_revoke_on_delete: z.boolean(),
    allowed_callback_origins: z.array(z.string()),
    bind_sign_in_to_browser: z.boolean(),
    oauth_callback_verifier_url: z.string().nullable(),
    log_visibility_setting: z.enum(['show_all', 'dont_store_data']),
  })
  .meta({ id: 'ProjectSettings' });

export const StatusAnswer = z.object({ status: z.literal('success') });
