import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { environment } from './environment.js';
import { call, type Call } from './http.js';

const Entry = z.object({
  id: z.string(),
  timestamp: z.union([z.string(), z.number()]),
  type: z.string(),
  status: z.enum(['success', 'failed']),
  level: z.enum(['info', 'error', 'warn']),
  message: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.unknown()),
  parent: z.object({ log_id: z.string(), tool_slug: z.string() }).nullable(),
});
export type RecordEntry = z.infer<typeof Entry>;

const Moment = z.union([z.string(), z.number()]).transform((value) => new Date(value).getTime());
const Detail = Entry.extend({
  timings: z.object({ start_time: Moment, end_time: Moment }),
  context: z.object({ session_id: z.string(), request_id: z.string() }),
  source: z.record(z.string(), z.unknown()),
  data: z.unknown(),
});
export type RecordDetail = z.infer<typeof Detail>;

const Page = z.object({ logs: z.array(Entry), next_cursor: z.string().nullable() });

/** Filters of the record's search that must all hold, as field and value. */
export type Filters = Partial<
  Record<
    | 'session_id'
    | 'sandbox_id'
    | 'user_id'
    | 'tool_slug'
    | 'toolkit_slug'
    | 'auth_config_id'
    | 'status'
    | 'request_id'
    | 'log_id',
    string
  >
>;

/** Everything the record holds for the filters, page by page. */
export async function recorded(filters: Filters, { limit = 50, ...options }: Call & { limit?: number } = {}) {
  const wanted = Object.entries(filters).map(([field, value]) => ({ field, operator: '==', value }));
  const entries: RecordEntry[] = [];
  let cursor: string | null = null;
  do {
    const answer = await call('/logs/tool_execution', {
      ...options,
      body: { filters: wanted, limit, cursor },
    });
    expect(answer.status).toBe(200);
    const page = Page.parse(answer.body);
    entries.push(...page.logs);
    cursor = page.next_cursor;
  } while (cursor);
  return entries;
}

/** One entry of the record with all that is known of it. */
export async function recordOf(logId: string, options: Call = {}): Promise<RecordDetail> {
  const answer = await call(`/logs/tool_execution/${logId}`, options);
  expect(answer.status).toBe(200);
  return Detail.parse(answer.body);
}

/** Waits until the record lists the call. The record is written behind the answer, in batches. */
export function untilRecorded(logId: string, options: Call = {}): Promise<RecordDetail> {
  return eventually(() => recordOf(logId, options));
}

/** Waits until a line of the gateway's own log carries the request id. */
export function untilLogged(requestId: string, home = environment.home): Promise<void> {
  return eventually(async () => {
    const lines = (await readFile(join(home, 'logs', 'gateway.log'), 'utf8')).split('\n');
    const line = lines.find((text) => text.includes(requestId));
    if (!line) throw new Error(`No line of gateway.log carries ${requestId}`);
    JSON.parse(line);
  });
}
