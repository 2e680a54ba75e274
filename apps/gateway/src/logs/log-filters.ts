import { AppError, type CallFilter } from '@patchbay/contracts';
import { z } from 'zod';

/** The record's fields by their names on the wire; `text` is ours. */
export const FIELDS: Record<string, CallFilter['field']> = {
  tool_slug: 'toolSlug',
  toolkit_slug: 'toolkit',
  connected_account_id: 'connectionId',
  auth_config_id: 'authConfigId',
  status: 'status',
  user_id: 'userId',
  session_id: 'sessionId',
  sandbox_id: 'sandboxId',
  request_id: 'requestId',
  log_id: 'logId',
  text: 'text',
};
export const OPERATORS: Record<string, CallFilter['operator']> = {
  '==': 'equals',
  '!=': 'notEquals',
  contains: 'contains',
  not_contains: 'notContains',
};

/** The filters of a request, turned into the domain's. */
export const Filters = z
  .array(
    z
      .object({
        field: z.enum(Object.keys(FIELDS)),
        operator: z.enum(Object.keys(OPERATORS)),
        value: z.string(),
      })
      .transform(({ field, operator, value }) => ({
        field: FIELDS[field] ?? ('logId' as const),
        operator: OPERATORS[operator] ?? ('equals' as const),
        value,
      })),
  )
  .max(20)
  .default([]);

/** In a query the same list is JSON: `filters=[{"field":"status","operator":"==","value":"failed"}]`. */
export const queryFilters = z
  .string()
  .default('[]')
  .transform((text): unknown => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new AppError('invalid_request', 'Invalid input: filters is not JSON', {
        issues: ['filters: must be JSON, a list of { field, operator, value }'],
        cause,
      });
    }
  })
  .pipe(Filters);
