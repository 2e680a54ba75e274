import { Controller, Get, Query } from '@nestjs/common';
import { getActivity, getUsage, type CallFigures } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, queryMoment, Wire } from '../http/index.js';

const DAY_MS = 24 * 3_600_000;
const MOST_NAMED = 10;

const ActivityQuery = z.object({
  from: queryMoment.describe('Epoch milliseconds. Without it: a day before `to`.'),
  to: queryMoment.describe('Epoch milliseconds. Without it: now.'),
});

const milliseconds = z.number().nullable();
const figures = {
  calls: z.int(),
  failed: z.int(),
  p50_ms: milliseconds,
  p95_ms: milliseconds,
  p99_ms: milliseconds,
};
const counted = { calls: z.int(), failed: z.int() };
const ActivityAnswer = z
  .object({
    from: z.number(),
    to: z.number(),
    step_ms: z.int().describe('How much time one of the points stands for.'),
    total: z.object(figures),
    points: z
      .array(z.object({ at: z.string(), ...figures }))
      .describe('Those in which calls began, oldest first.'),
    top_tools: z.array(z.object({ tool_slug: z.string(), ...counted })).describe('By whole days of UTC.'),
    top_users: z.array(z.object({ user_id: z.string(), ...counted })).describe('By whole days of UTC.'),
    failing_accounts: z
      .array(
        z.object({
          connected_account_id: z.string(),
          toolkit_slug: z.string(),
          user_id: z.string(),
          failed: z.int(),
          last_failed_at: z.string(),
        }),
      )
      .describe('Among the latest thousand calls that failed.'),
  })
  .meta({ id: 'Activity', description: 'What a project’s calls did over time.' });

/** A project at a glance (docs/api/logs.md#activity). Ours. */
@Controller('project/activity')
@ApiTag('Logs')
@AccessFor('project')
@Area('observability', 'read')
export class ActivityController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'getActivity',
    summary: 'Get calls, errors and latencies by time',
    description:
      'With the tools and users of most calls, and the accounts of most failures. Latencies are right to within a twentieth.',
    answer: ActivityAnswer,
  })
  @Get()
  async get(
    @ProjectId() projectId: string,
    @Query(new Wire(ActivityQuery)) query: z.output<typeof ActivityQuery>,
  ) {
    const to = query.to ?? Date.now();
    const from = query.from ?? Math.max(0, to - DAY_MS);
    const most = (groupBy: 'tool' | 'user') =>
      this.bus.request(getUsage, {
        entity: 'toolCalls',
        projectIds: [projectId],
        from,
        to,
        groupBy,
        limit: MOST_NAMED,
      });
    const [activity, tools, users] = await Promise.all([
      this.bus.request(getActivity, { projectId, from, to }),
      most('tool'),
      most('user'),
    ]);
    return {
      from,
      to,
      step_ms: activity.stepMs,
      total: presentFigures(activity.total),
      points: activity.points.map((point) => ({ at: point.at, ...presentFigures(point) })),
      top_tools: tools.groups.map(({ key, count, failed = 0 }) => ({ tool_slug: key, calls: count, failed })),
      top_users: users.groups.map(({ key, count, failed = 0 }) => ({ user_id: key, calls: count, failed })),
      failing_accounts: activity.failingAccounts.map((account) => ({
        connected_account_id: account.connectionId,
        toolkit_slug: account.toolkit,
        user_id: account.userId,
        failed: account.failed,
        last_failed_at: account.lastFailedAt,
      })),
    };
  }
}

function presentFigures({ calls, failed, p50Ms, p95Ms, p99Ms }: CallFigures) {
  return { calls, failed, p50_ms: p50Ms, p95_ms: p95Ms, p99_ms: p99Ms };
}
