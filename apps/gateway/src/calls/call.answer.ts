import type { RawJson } from '@patchbay/contracts';
import { z } from 'zod';

/* What calls answer on the wire (docs/api/tools.md#execute). */

/** It may be passed on unread. */
const data = z.record(z.string(), z.unknown()).describe('What the tool gave.') as z.ZodType<
  Record<string, unknown> | RawJson
>;
const error = z.string().nullable().describe('Why the tool failed; null when it did not.');

export const SessionCallAnswer = z
  .object({
    data,
    error,
    log_id: z.string().optional().describe('The call on the record.'),
    connected_account_id: z.string().optional().describe('The account that was used.'),
    result_type: z.enum(['completed', 'failed']),
  })
  .meta({ id: 'SessionCallResult', description: 'How a call in a session ended.' });

export const DirectCallAnswer = z
  .object({ data, error, successful: z.boolean(), log_id: z.string().optional() })
  .meta({ id: 'CallResult', description: 'How a call ended.' });

/** A call is on record from its beginning. */
export const CALL_LEADS_TO = {
  'logs/tool_execution/:id': 'log_id',
  'internal/action_execution/log/:id': 'log_id',
} as const;

/** All but the first two fields may be passed on unread. */
export const SearchAnswer = z.looseObject({ success: z.boolean(), error }).meta({
  id: 'ToolSearchResult',
  description: 'Tools for each sentence, their schemas, and what to do next.',
}) as z.ZodType<{ success: boolean; error: string | null; [field: string]: unknown } | RawJson>;

export const GeneratedArgumentsAnswer = z.object({
  arguments: z.record(z.string(), z.unknown()).optional(),
  error: z.string().optional(),
});

export const ProxyAnswer = z
  .object({
    status: z.int().describe('The provider’s own, also of a refusal.'),
    headers: z.record(z.string(), z.string()),
    data: z.unknown().optional().describe('JSON, or text.'),
    binary_data: z
      .object({ url: z.string(), content_type: z.string(), size: z.int(), expires_at: z.string() })
      .optional()
      .describe('What is neither, or too long, behind a link.'),
  })
  .meta({ id: 'ProxyResult', description: 'What a provider answered.' });
