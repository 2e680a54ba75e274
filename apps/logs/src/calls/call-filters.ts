import { CALL_TIMEOUT_MS, formsInJson, type CallFilter } from '@patchbay/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import type { Call } from './call.entity.js';

/** No caller waits longer than this, so a call that is older and has no end will never have one. */
export const INTERRUPTED_AFTER_MS = 2 * CALL_TIMEOUT_MS;

const CUTOFF_SQL = `now() - interval '${INTERRUPTED_AFTER_MS} milliseconds'`;
const STATUS_SQL = `CASE WHEN call.status = 'running' AND call.started_at < ${CUTOFF_SQL}
  THEN 'interrupted' ELSE call.status END`;

/** By the stored status alone where that is enough, so that the index of unsuccessful calls can be used. */
const STATUS_IS: Record<string, string> = {
  success: `call.status = 'success'`,
  failed: `call.status = 'failed'`,
  running: `call.status = 'running' AND call.started_at >= ${CUTOFF_SQL}`,
  interrupted: `call.status = 'running' AND call.started_at < ${CUTOFF_SQL}`,
};

const PAYLOADS_SQL = `concat(call.arguments::text, ' ', call.data::text)`;

const COLUMNS: Record<CallFilter['field'], string> = {
  toolSlug: 'call.tool_slug',
  toolkit: 'call.toolkit',
  connectionId: 'call.connection_id',
  authConfigId: 'call.auth_config_id',
  status: STATUS_SQL,
  userId: 'call.user_id',
  sessionId: 'call.session_id',
  sandboxId: 'call.sandbox_id',
  requestId: 'call.request_id',
  logId: 'call.id',
  text: `concat(${PAYLOADS_SQL}, ' ', call.error)`,
};

/** Adds the filter's condition; `name` is its parameter's, unique in the query. */
export function applyFilter(query: SelectQueryBuilder<Call>, filter: CallFilter, name: string): void {
  const { field, operator, value, ignoreCase = false } = filter;
  const status = field === 'status' && operator === 'equals' ? (STATUS_IS[value] ?? 'false') : undefined;
  if (status) {
    query.andWhere(`(${status})`);
    return;
  }
  if (field === 'text' && (operator === 'contains' || operator === 'notContains')) {
    return applyTextSearch(query, filter, name);
  }
  const fold = (text: string) => (ignoreCase ? `lower(${text})` : text);
  const column = fold(`COALESCE(${COLUMNS[field]}, '')`);
  const wanted = fold(`:${name}::text`);
  const comparison = {
    equals: `${fold(COLUMNS[field])} = ${wanted}`,
    notEquals: `${column} <> ${wanted}`,
    contains: `strpos(${column}, ${wanted}) > 0`,
    notContains: `strpos(${column}, ${wanted}) = 0`,
  }[operator];
  query.andWhere(comparison, { [name]: value });
}

/** Payloads are kept as JSON, which escapes what was typed; an error is plain text. */
function applyTextSearch(query: SelectQueryBuilder<Call>, filter: CallFilter, name: string): void {
  const { operator, value, ignoreCase = false } = filter;
  const fold = (text: string) => (ignoreCase ? `lower(${text})` : text);
  const found = [`strpos(${fold(`COALESCE(call.error, '')`)}, ${fold(`:${name}::text`)}) > 0`];
  const parameters: Record<string, string> = { [name]: value };
  formsInJson(value).forEach((form, index) => {
    const parameter = `${name}form${index}`;
    parameters[parameter] = form;
    found.push(`strpos(${fold(PAYLOADS_SQL)}, ${fold(`:${parameter}::text`)}) > 0`);
  });
  const condition = `(${found.join(' OR ')})`;
  query.andWhere(operator === 'contains' ? condition : `NOT ${condition}`, parameters);
}
