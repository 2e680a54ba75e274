import type { CallFilter } from '../live/index.js';

/** What of the record is looked at, by the names that stand in the address. */
export interface CallFilters {
  status?: string | undefined;
  toolkit?: string | undefined;
  tool?: string | undefined;
  user?: string | undefined;
  session?: string | undefined;
  account?: string | undefined;
  request?: string | undefined;
  text?: string | undefined;
  /** A span that ends now, such as `24h`, or two moments in epoch milliseconds. */
  range?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const FIELDS: [keyof CallFilters, CallFilter['field'], CallFilter['operator']][] = [
  ['status', 'status', '=='],
  ['toolkit', 'toolkit_slug', '=='],
  ['tool', 'tool_slug', 'contains'],
  ['user', 'user_id', '=='],
  ['session', 'session_id', '=='],
  ['account', 'connected_account_id', '=='],
  ['request', 'request_id', '=='],
  ['text', 'text', 'contains'],
];

export const FILTER_NAMES: Record<string, string> = {
  status: 'Status',
  toolkit: 'Toolkit',
  tool: 'Tool',
  user: 'User',
  session: 'Session',
  account: 'Account',
  request: 'Request',
  text: 'Text',
};

/** The filters as the API has them. A tool that is written whole is looked for by its index. */
export function logFilters(filters: CallFilters): CallFilter[] {
  return FIELDS.flatMap(([name, field, operator]) => {
    const value = filters[name]?.trim();
    if (!value) return [];
    if (name !== 'tool') return [{ field, operator, value }];
    const slug = value.toUpperCase();
    return [
      {
        field,
        operator: /^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(slug) && value === slug ? '==' : 'contains',
        value: slug,
      },
    ];
  });
}

const HOUR = 3_600_000;
export const RANGES: [value: string, name: string, ms: number][] = [
  ['15m', 'Last 15 minutes', HOUR / 4],
  ['1h', 'Last hour', HOUR],
  ['24h', 'Last 24 hours', 24 * HOUR],
  ['7d', 'Last 7 days', 168 * HOUR],
  ['30d', 'Last 30 days', 720 * HOUR],
];

/** The span of time, or undefined for all of it. Its beginning is rounded to a minute, so that it is the same question for a while. */
export function timeRange(filters: CallFilters, now: number): { from: number; to: number } | undefined {
  const span = RANGES.find(([value]) => value === filters.range)?.[2];
  if (span !== undefined) return { from: Math.floor((now - span) / 60_000) * 60_000, to: 8_640_000_000_000 };
  const [from, to] = [Number(filters.from), Number(filters.to)];
  if (!filters.from && !filters.to) return undefined;
  return {
    from: Number.isFinite(from) ? from : 0,
    to: filters.to && Number.isFinite(to) ? to : 8_640_000_000_000,
  };
}
