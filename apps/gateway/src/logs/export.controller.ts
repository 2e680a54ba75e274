import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { listCalls, MAX_CALLS_WITH_PAYLOADS, writeJson, type CallRecord } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, queryMoment, Wire } from '../http/index.js';
import { Exports } from './exports.service.js';
import { queryFilters } from './log-filters.js';
import { presentLogDetail } from './log.presenter.js';
import { EXPORTED } from './log.answer.js';

const ExportQuery = z.object({ filters: queryFilters, from: queryMoment, to: queryMoment });

/** Every call that passes the filters with all that is known of it, one JSON a line, newest first. */
@Controller('logs/tool_execution/export')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class ExportController {
  constructor(
    private readonly bus: Bus,
    private readonly exports: Exports,
  ) {}

  @Describe({
    id: 'exportLogs',
    summary: 'Export calls with all that is known of them',
    description: 'Every line is a `LogDetail`.',
    answers: { 200: EXPORTED },
  })
  @Get()
  async export(
    @ProjectId() projectId: string,
    @Query(new Wire(ExportQuery)) query: z.output<typeof ExportQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // What happens meanwhile is not in it: else a busy project's export would never end.
    const search = { projectId, ...query, to: query.to ?? Date.now(), limit: MAX_CALLS_WITH_PAYLOADS };
    await this.exports.send<CallRecord>(request, reply, {
      type: 'application/x-ndjson',
      filename: 'calls.jsonl',
      page: (cursor) => this.bus.request(listCalls, { ...search, withPayloads: true, cursor }),
      toText: (calls) => calls.map((call) => `${writeJson(presentLogDetail(call))}\n`).join(''),
    });
  }
}
