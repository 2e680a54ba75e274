import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { getUsage, type OutputOf, type UsageRow } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageLimit, Wire } from '../http/index.js';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 30;

const GROUPS = { project_id: 'project', user_id: 'user', toolkit_slug: 'toolkit', day: 'day' } as const;
const ORDERS = { calls: 'calls', failed: 'failed', duration_ms: 'durationMs' } as const;
const wireNames = <T extends Record<string, string>>(names: T) =>
  z.enum(Object.keys(names) as [keyof T & string]).transform((name) => names[name] as T[keyof T]);

const Range = {
  from: z.number().optional(),
  to: z.number().optional(),
  filters: z.object({ user_id: z.string().optional(), toolkit_slug: z.string().optional() }).default({}),
};
const SummaryBody = z.object(Range);
const CallsBody = z.object({
  ...Range,
  group_by: z.array(wireNames(GROUPS)).min(1).max(4).default(['day']),
  order_by: wireNames(ORDERS).optional(),
  limit: pageLimit(1000, 100),
  cursor: z.string().nullish(),
});

/** What a project used: for its own key, and for the organisation's of all projects. */
@Controller()
export class UsageController {
  constructor(private readonly bus: Bus) {}

  @Post('project/usage/summary')
  @HttpCode(200)
  @AccessFor('project')
  @Area('observability', 'read')
  ownSummary(
    @ProjectId() projectId: string,
    @Body(new Wire(SummaryBody)) body: z.output<typeof SummaryBody>,
  ) {
    return this.summary(body, projectId);
  }

  @Post('org/usage/summary')
  @HttpCode(200)
  @AccessFor('organisation')
  summaryOfAll(@Body(new Wire(SummaryBody)) body: z.output<typeof SummaryBody>) {
    return this.summary(body);
  }

  @Post('project/usage/tool_calls')
  @HttpCode(200)
  @AccessFor('project')
  @Area('observability', 'read')
  ownCalls(@ProjectId() projectId: string, @Body(new Wire(CallsBody)) body: z.output<typeof CallsBody>) {
    return this.calls(body, projectId);
  }

  @Post('org/usage/tool_calls')
  @HttpCode(200)
  @AccessFor('organisation')
  callsOfAll(@Body(new Wire(CallsBody)) body: z.output<typeof CallsBody>) {
    return this.calls(body);
  }

  private async summary(body: z.output<typeof SummaryBody>, projectId?: string) {
    const input = { ...readRange(body), projectId };
    const { total } = await this.bus.request(getUsage, input);
    return { from: input.from, to: input.to, tool_calls: presentTotals(total) };
  }

  private async calls(body: z.output<typeof CallsBody>, projectId?: string) {
    const { group_by: groupBy, order_by: orderBy, limit, cursor } = body;
    const range = { ...readRange(body), projectId };
    const page = { groupBy, orderBy: orderBy ?? ('group' as const), limit, cursor: cursor ?? undefined };
    const { items, total, nextCursor } = await this.bus.request(getUsage, { ...range, ...page });
    return { items: items.map(presentRow), total: presentTotals(total), next_cursor: nextCursor };
  }
}

function readRange({ from, to, filters }: z.output<typeof SummaryBody>) {
  const end = to ?? Date.now();
  return {
    from: from ?? end - DEFAULT_DAYS * DAY_MS,
    to: end,
    userId: filters.user_id,
    toolkit: filters.toolkit_slug,
  };
}

function presentTotals({ calls, failed, durationMs }: OutputOf<typeof getUsage>['total']) {
  return { calls, failed, duration_ms: durationMs };
}

function presentRow({ projectId, userId, toolkit, day, ...totals }: UsageRow) {
  return {
    ...(projectId !== null && { project_id: projectId }),
    ...(userId !== null && { user_id: userId }),
    ...(toolkit !== null && { toolkit_slug: toolkit }),
    ...(day !== null && { day }),
    ...presentTotals(totals),
  };
}
