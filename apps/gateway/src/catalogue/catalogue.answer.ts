import { AuthScheme, SearchExplanation, ToolkitGrade } from '@patchbay/contracts';
import { z } from 'zod';
import { pageAnswer } from '../http/index.js';

/* What the catalogue answers on the wire (docs/api/tools.md#a-tool, docs/api/toolkits.md#a-toolkit). */

const JsonSchema = z.record(z.string(), z.unknown()).describe('A JSON Schema.');

export const ToolAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
    input_parameters: JsonSchema,
    output_parameters: JsonSchema,
    no_auth: z.boolean(),
    version: z.string(),
    available_versions: z.array(z.string()),
    scopes: z.array(z.string()),
    scope_requirements: z.null(),
    tags: z.array(z.string()).describe('Hints such as `readOnlyHint`, `important`, and free words.'),
    is_deprecated: z.boolean(),
    deprecated: z
      .object({
        displayName: z.string(),
        version: z.string(),
        available_versions: z.array(z.string()),
        is_deprecated: z.boolean(),
        toolkit: z.object({ logo: z.string() }),
      })
      .describe('Names of earlier versions of the API.'),
  })
  .meta({ id: 'Tool', description: 'A tool, with the schemas of what it takes and gives.' });

export const ToolsAnswer = pageAnswer(ToolAnswer).extend({
  explanation: SearchExplanation.meta({
    id: 'SearchExplanation',
    description: 'What a search went by: of the tools of the page, where `explain` asked for it. Ours.',
  }).optional(),
});

export const RequiredScopesAnswer = z.object({
  scopes_required: z.array(z.string()),
  per_tool_requirements: z.array(
    z.object({
      tool: z.string(),
      scope_requirements: z.object({ all_of: z.array(z.string()) }).nullable(),
    }),
  ),
});

const Quality = z
  .object({
    grade: ToolkitGrade.describe(
      'How its tools came to be: written by hand and checked against the document of its provider, imported from that, or of the MCP server of the vendor.',
    ),
    tried: z.boolean().describe('Whether somebody has used it with the living provider.'),
    tried_on: z.string().nullable(),
    source: z.string().nullable().describe('Where its address and sign-in, or its tools, are from.'),
    source_read_on: z.string().nullable(),
  })
  .meta({ id: 'ToolkitQuality', description: 'What is known of how good a toolkit that ships is. Ours.' });

const common = {
  slug: z.string(),
  name: z.string(),
  type: z.enum(['custom', 'native']),
  is_local_toolkit: z.literal(false),
  composio_managed_auth_schemes: z.array(AuthScheme).describe('Schemes for which the operator has an app.'),
  quality: Quality.optional().describe('Absent of what a project or the operator added.'),
  awaits_account: z
    .literal(true)
    .optional()
    .describe('Its tools are known once an account is connected in the project. Ours.'),
};
const meta = {
  created_at: z.string(),
  updated_at: z.string(),
  description: z.string(),
  logo: z.string(),
  triggers_count: z.int(),
  tools_count: z.int(),
  version: z.string(),
};

export const ToolkitItemAnswer = z
  .object({
    ...common,
    auth_schemes: z.array(AuthScheme),
    no_auth: z.boolean(),
    deprecated: z.object({ toolkitId: z.string() }),
    meta: z.object({ ...meta, categories: z.array(z.object({ id: z.string(), name: z.string() })) }),
  })
  .meta({ id: 'ToolkitItem', description: 'A toolkit in a list.' });

const Fields = z.array(
  z.object({
    name: z.string(),
    displayName: z.string(),
    type: z.literal('string'),
    description: z.string(),
    required: z.boolean(),
    default: z.string().nullable(),
    is_secret: z.boolean(),
    choices: z.array(z.string()).optional().describe('The values that it may have; without them any. Ours.'),
  }),
);
const FieldGroup = z.object({ required: Fields, optional: Fields });

export const ToolkitAnswer = z
  .object({
    ...common,
    enabled: z.literal(true),
    base_url: z.string().optional(),
    composio_managed_auth: z.array(
      z.object({ mode: AuthScheme, scopes: z.object({ available: z.array(z.string()) }) }),
    ),
    auth_config_details: z
      .array(
        z.object({
          mode: AuthScheme,
          name: z.string(),
          fields: z.object({
            auth_config_creation: FieldGroup.describe('What a developer gives for an auth config.'),
            connected_account_initiation: FieldGroup.describe('What a user gives to connect an account.'),
          }),
          auth_hint_url: z.string().optional(),
        }),
      )
      .describe('The schemes that it takes; none where no account is needed.'),
    deprecated: z.object({ toolkitId: z.string(), rawProxyInfoByAuthSchemes: z.array(z.unknown()) }),
    meta: z.object({
      ...meta,
      available_versions: z.array(z.string()),
      categories: z.array(z.object({ slug: z.string(), name: z.string() })),
    }),
  })
  .meta({ id: 'Toolkit', description: 'The tools of one provider, and how one signs in there.' });

export const CategoryAnswer = z.object({ id: z.string(), name: z.string() }).meta({ id: 'ToolkitCategory' });

export const ChangelogAnswer = z.object({
  items: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      display_name: z.string(),
      versions: z.array(z.object({ version: z.string(), changelog: z.string() })),
    }),
  ),
});

const GrantContext = z.record(z.string(), z.string());

export const RecommendedScopesAnswer = z
  .object({
    auth_scheme: AuthScheme,
    toolkit_version: z.string(),
    grant_context: GrantContext,
    scopes: z.object({
      least_privilege: z.array(z.string()),
      fewest: z.array(z.string()),
      conditional: z.array(
        z.object({
          scope: z.string(),
          when: z.record(z.string(), z.array(z.string())),
          for: z.array(z.string()),
        }),
      ),
    }),
    tools_without_scopes: z
      .array(z.string())
      .describe('Tools that name no scopes: they need none, or what they need is not known.'),
  })
  .meta({ id: 'RecommendedScopes' });

export const GrantContextsAnswer = z
  .object({
    auth_scheme: AuthScheme,
    toolkit_version: z.string(),
    grant_context_dimensions: z.array(
      z.object({ dimension: z.string(), description: z.string(), values: z.array(z.string()) }),
    ),
    default_grant_context: GrantContext,
  })
  .meta({ id: 'GrantContexts' });
