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
    toolkit: ProjectToolkitAnswer,
    imported: z.array(z.string()),
    renamed: ToolkitImport.shape.renamed,
    refused: ToolkitImport.shape.refused,
    adjusted: ToolkitImport.shape.refused,
  })
  .meta({ id: 'ToolkitImport', description: 'What came of reading a source.' });

export const StatusAnswer = z.object({ status: z.literal('success') });
