import type { ToolTuning } from '@patchbay/contracts';
import { z } from 'zod';

export const SearchTuningAnswer = z
  .object({
    tool_slug: z.string(),
    toolkit_slug: z.string(),
    aliases: z.array(z.string()),
    boost: z.number(),
    updated_at: z.string(),
  })
  .meta({ id: 'SearchTuning', description: 'What the project says of one tool for searching.' });

export function presentTuning(tuning: ToolTuning): z.output<typeof SearchTuningAnswer> {
  const { toolSlug, toolkit, aliases, boost, updatedAt } = tuning;
  return { tool_slug: toolSlug, toolkit_slug: toolkit, aliases, boost, updated_at: updatedAt };
}
