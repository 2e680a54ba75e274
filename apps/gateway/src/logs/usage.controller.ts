import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { getUsage, type UsageTotals } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import {
  BreakdownBody,
  BreakdownOfAllBody,
  COUNTED,
  countedAs,
  readBreakdown,
  readRange,
  SummaryBody,
  SummaryOfAllBody,
} from './usage.body.js';
import { UsageBreakdownAnswer, UsageSummaryAnswer } from './log.answer.js';

const ENTITY = { entityType: 'What is counted: `tool_calls` or `sessions`.' };

/** What a project used: for its own key, and for the organisation's of all projects. */
@Controller()
@ApiTag('Logs')
export class UsageController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'getUsageSummary',
    summary: 'How much the project used',
    answer: UsageSummaryAnswer,
  })
  @Post('project/usage/summary')
  @HttpCode(200)
  @AccessFor('project')
  @Area('observability', 'read')
  ownSummary(@ProjectId() projectId: string, @Body(new Wire(SummaryBody)) body: SummaryBody) {
    return this.summary(body, [projectId]);
  }

  @ApiTag('Organisation')
  @Describe({
    id: 'getOrganisationUsageSummary',
    summary: 'How much all projects used',
    answer: UsageSummaryAnswer,
  })
  @Post('org/usage/summary')
  @HttpCode(200)
  @AccessFor('organisation')
  summaryOfAll(@Body(new Wire(SummaryOfAllBody)) body: SummaryBody) {
    return this.summary(body);
  }

  @Describe({
    id: 'getUsageBreakdown',
    summary: 'What the project used, by day, user or tool',
    description: 'The largest groups, and the sum of all.',
    path: ENTITY,
    answer: UsageBreakdownAnswer,
    errors: ['not_found'],
    example: { body: { group_by: 'toolkit_slug', limit: 10 } },
  })
  @Post('project/usage/:entityType')
  @HttpCode(200)
  @AccessFor('project')
  @Area('observability', 'read')
  ownBreakdown(
    @ProjectId() projectId: string,
    @Param('entityType') entityType: string,
    @Body(new Wire(BreakdownBody)) body: BreakdownBody,
  ) {
    return this.breakdown(entityType, body, [projectId]);
  }

  @ApiTag('Organisation')
  @Describe({
    id: 'getOrganisationUsageBreakdown',
    summary: 'What all projects used, by project, day, user or tool',
    description: 'The largest groups, and the sum of all.',
    path: ENTITY,
    answer: UsageBreakdownAnswer,
    errors: ['not_found'],
  })
  @Post('org/usage/:entityType')
  @HttpCode(200)
  @AccessFor('organisation')
  breakdownOfAll(
    @Param('entityType') entityType: string,
    @Body(new Wire(BreakdownOfAllBody)) body: BreakdownBody,
  ) {
    return this.breakdown(entityType, body);
  }

  private async summary(body: SummaryBody, own?: string[]) {
    const range = readRange(body);
    const asked = Object.entries(COUNTED).filter(([name]) => body.entity_types?.includes(name) ?? true);
    const entities = await Promise.all(
      asked.map(async ([name, { entity, unit }]) => {
        const input = { ...range, projectIds: own ?? range.projectIds, entity };
        const { total } = await this.bus.request(getUsage, input);
        return [name, { unit, ...presentTotals(total) }] as const;
      }),
    );
    // The Python SDK wants to know what the hosted service charged: here nothing is.
    return { entities: Object.fromEntries(entities), instant_charge: '0' as const };
  }

  private async breakdown(entityType: string, body: BreakdownBody, own?: string[]) {
    const counted = countedAs(entityType);
    const range = readRange(body);
    const { total, groups } = await this.bus.request(getUsage, {
      ...range,
      ...readBreakdown(counted, body, !own),
      projectIds: own ?? range.projectIds,
      entity: counted.entity,
    });
    return {
      entity_type: entityType,
      unit: counted.unit,
      ...presentTotals(total),
      groups: groups.map(({ key, ...totals }) => ({ key, ...presentTotals(totals) })),
    };
  }
}

/** The quantity is text, as the official SDK wants it: other units may have fractions. */
function presentTotals({ count, failed, durationMs }: UsageTotals) {
  return {
    total_quantity: String(count),
    event_count: count,
    ...(failed !== undefined && { failed_count: failed }),
    ...(durationMs !== undefined && { duration_ms: durationMs }),
  };
}
