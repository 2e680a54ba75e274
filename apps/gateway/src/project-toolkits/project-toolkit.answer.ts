import { AuthScheme, HeldBack, ToolkitImport } from '@patchbay/contracts';
import { z } from 'zod';

/* What a project's own toolkits answer on the wire. */

export const ProjectToolkitAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    type: z.literal('custom'),
    version: z.string(),
    source: z.object({ type: z.enum(['openapi', 'mcp']), url: z.string().optional() }),
    auth_schemes: z.array(AuthScheme),
    tools_count: z.int(),
    status: z.enum(['needs_approval', 'approved']),
    held_back: HeldBack.nullable().describe(
      'What differs from the approved definition; null when nothing does.',
    ),
    problem: z.string().nullable().describe('Why the source could not be read last time.'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ProjectToolkit', description: 'A toolkit that the project added.' });

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
