import { z } from 'zod';

/* What saved session configs answer on the wire (docs/api/sessions.md#saved-configs). */

const slugs = z.array(z.string());
const EnableOrDisable = z.union([z.object({ enable: slugs }), z.object({ disable: slugs })]);
const Tags = z.object({ enable: slugs.optional(), disable: slugs.optional() });

const summary = {
  id: z.string(),
  name: z.string(),
  archived: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
};

export const SavedConfigSummaryAnswer = z.object(summary).meta({ id: 'SavedSessionConfigSummary' });

export const SavedConfigAnswer = z
  .object({
    ...summary,
    description: z.string().nullable(),
    config: z.object({
      toolkits: EnableOrDisable.optional(),
      tools: z.record(z.string(), z.union([EnableOrDisable, z.object({ tags: Tags })])).optional(),
      tags: Tags.optional(),
    }),
  })
  .meta({
    id: 'SavedSessionConfig',
    description: 'Toolkits, tools and tags under a name, for sessions to take.',
  });
