import { Controller, Get, Query } from '@nestjs/common';
import { CallStatus, listSearchesWithoutCall, type SearchWithoutCall } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageQuery, queryMoment, shownAs, Wire } from '../http/index.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const WEEK_MS = 7 * DAY_MINUTES * MINUTE_MS;
const WITHIN_MINUTES = 30;

const SearchesQuery = z.object({
  ...pageQuery(100),
  within_minutes: shownAs(z.coerce.number().pipe(z.int().min(1).max(DAY_MINUTES)), {
    type: 'integer',
    minimum: 1,
    maximum: DAY_MINUTES,
    default: WITHIN_MINUTES,
  })
    .default(WITHIN_MINUTES)
    .describe('How soon a call has to follow in the same session.'),
  from: queryMoment.describe('Epoch milliseconds. Without it: a week before `to`.'),
  to: queryMoment.describe('Epoch milliseconds. Without it: now, less `within_minutes`.'),
});

const SearchAnswer = z
  .object({
    log_id: z.string(),
    at: z.string(),
    session_id: z.string(),
    user_id: z.string(),
    status: CallStatus.describe('`failed` when nothing was found for one of its sentences.'),
    error: z.string().nullable(),
    queries: z
      .array(z.object({ use_case: z.string(), primary_tool_slugs: z.array(z.string()) }))
      .describe('Its sentences, and what was found for each. Empty where the project keeps no payloads.'),
  })
  .meta({ id: 'SearchWithoutCall', description: 'A search after which no tool was called.' });
const SearchesAnswer = z.object({ items: z.array(SearchAnswer), next_cursor: z.string().nullable() });

/** What agents looked for and did not use (docs/record.md#searches-that-led-to-no-call). Ours. */
@Controller('logs/searches_without_call')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class SearchesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listSearchesWithoutCall',
    summary: 'List searches that led to no call',
    description:
      'Searches of sessions after which no tool of an app was called in their session for `within_minutes`, newest first. Custom tools run in the caller’s own process, and do not count.',
    answer: SearchesAnswer,
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(SearchesQuery)) query: z.output<typeof SearchesQuery>,
  ) {
    const { limit, cursor, within_minutes: minutes, to } = query;
    const from = query.from ?? Math.max(0, (to ?? Date.now()) - WEEK_MS);
    const withinMs = minutes * MINUTE_MS;
    const page = await this.bus.request(listSearchesWithoutCall, {
      projectId,
      withinMs,
      from,
      to,
      limit,
      cursor,
    });
    return { items: page.items.map(presentSearch), next_cursor: page.nextCursor };
  }
}

function presentSearch({ logId, at, sessionId, userId, status, error, queries }: SearchWithoutCall) {
  return {
    log_id: logId,
    at,
    session_id: sessionId,
    user_id: userId,
    status,
    error,
    queries: queries.map(({ useCase, primaryTools }) => ({
      use_case: useCase,
      primary_tool_slugs: primaryTools,
    })),
  };
}
