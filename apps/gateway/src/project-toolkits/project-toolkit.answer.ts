import { AuthScheme, HeldBack, ToolkitImport } from '@patchbay/contracts';
import { z } from 'zod';

/* What a project's own toolkits answer on the wire. */

export const ProjectToolkitAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    type: z
      .enum(['custom', 'native'])
      .describe('`native`: it ships as the MCP server of its vendor, and an account was connected.'),
    version: z.string(),
    source: z.object({
      type: z.enum(['openapi', 'mcp', 'stdio']).describe('`stdio`: a program, run in a sandbox.'),
      url: z
        .string()
        .optional()
        .describe(
          'With `{name}` for each value that an account says; of a program its package URL, as `pkg:npm/server@1.2.3`.',
        ),
      registry: z
        .object({ registry: z.string(), server: z.string(), version: z.string() })
        .optional()
        .describe('The entry of a registry that it was added by.'),
    }),
    auth_schemes: z.array(AuthScheme),
    tools_count: z.int(),
    status: z.enum(['needs_approval', 'approved']),
    held_back: HeldBack.nullable().describe(
      'What differs from the approved definition; null when nothing does, and when it was refused.',
    ),
    has_refused: z
      .boolean()
      .describe(
        'Whether the source holds what somebody refused. It is not served; approving still lets it through.',
      ),
    problem: z.string().nullable().describe('Why the source could not be read last time.'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ProjectToolkit', description: 'A toolkit that the project added.' });

const Side = z.record(z.string(), z.unknown()).nullable();

export const ToolkitChangeAnswer = z
  .object({
    subject: z.enum(['settings', 'tool']).describe('`settings` is where calls and credentials go.'),
    tool_slug: z.string().nullable(),
    change: z.enum(['added', 'changed', 'removed']),
    approved: Side.describe('As it is approved; null where it is new.'),
    latest: Side.describe('As the source says it now; null where it is gone.'),
  })
  .meta({
    id: 'ToolkitChange',
    description: 'A difference between what is approved and what the source says now.',
  });

export const ImportAnswer = z
  .object({
    slug: z.string(),
    toolkit: ProjectToolkitAnswer,
    imported: z.array(z.string()),
    renamed: ToolkitImport.shape.renamed,
    refused: ToolkitImport.shape.refused,
    adjusted: ToolkitImport.shape.refused,
  })
  .meta({ id: 'ToolkitImport', description: 'What came of reading a source.' });

export const SyncAnswer = ImportAnswer.extend({
  version: z.string().describe('The version that is served.'),
  synced_count: z.int().describe('Tools that were read.'),
}).meta({ id: 'ToolkitSync', description: 'What came of reading a source again.' });

export const DeletionAnswer = z.object({
  status: z.literal('success'),
  slug: z.string(),
  deleted: z.literal(true),
  revoke_job_ids: z.array(z.string()).describe('Empty: credentials are revoked before the answer.'),
  auth_configs_deleted: z.int(),
  connected_accounts_deleted: z.int(),
});
