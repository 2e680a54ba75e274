import { Controller, Get, Query } from '@nestjs/common';
import { getTimeline, type TimelineEntry } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageQuery, PathId, Wire } from '../http/index.js';
import { TimelineAnswer, type TimelineEntryAnswer } from './log.answer.js';

const TimelineQuery = z.object(pageQuery(1000, 100));

/** A session's timeline, oldest first; also of a session that was deleted. Ours, not the contract's. */
@Controller('tool_router/session/:sessionId/story')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class TimelineController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'getSessionTimeline',
    summary: 'Everything that happened in a session',
    description: 'Oldest first; also of a session that was deleted.',
    answer: TimelineAnswer,
  })
  @Get()
  async get(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') sessionId: string,
    @Query(new Wire(TimelineQuery)) query: z.output<typeof TimelineQuery>,
  ) {
    const { items, nextCursor } = await this.bus.request(getTimeline, { projectId, sessionId, ...query });
    return { items: items.map(presentEntry), next_cursor: nextCursor };
  }
}

function presentEntry(entry: TimelineEntry): z.output<typeof TimelineEntryAnswer> {
  const { at, kind, id, event } = entry;
  return {
    at,
    kind,
    ...(event === null ? { log_id: id } : { event_id: id, event }),
    user_id: entry.userId,
    request_id: entry.requestId,
    connected_account_id: entry.connectionId,
    toolkit_slug: entry.toolkit,
    tool_slug: entry.toolSlug,
    status: entry.status,
    message: entry.error,
    duration_ms: entry.durationMs,
    parent_log_id: entry.parentId,
    detail: entry.detail,
  };
}
