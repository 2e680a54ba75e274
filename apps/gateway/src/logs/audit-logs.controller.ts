import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { AuditLogs } from './audit-logs.service.js';
import { AuditExportQuery, AuditQuery, toSearch } from './audit.query.js';
import { ActsAnswer, EXPORTED_ACTS } from './log.answer.js';

/** Who did what in the project, newest first. Ours. */
@Controller('logs/audit')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class AuditLogsController {
  constructor(private readonly audit: AuditLogs) {}

  @Describe({
    id: 'listAuditEvents',
    summary: 'List who did what in the project',
    description: 'Acts of administration, newest first.',
    answer: ActsAnswer,
  })
  @Get()
  list(
    @ProjectId() projectId: string,
    @Query(new Wire(AuditQuery)) { limit, cursor, ...filters }: z.output<typeof AuditQuery>,
  ) {
    return this.audit.list({ ...toSearch(filters), projectId, limit, cursor });
  }

  @Describe({
    id: 'exportAuditEvents',
    summary: 'Export who did what in the project',
    answers: { 200: EXPORTED_ACTS },
  })
  @Get('export')
  export(
    @ProjectId() projectId: string,
    @Query(new Wire(AuditExportQuery)) { format, ...filters }: z.output<typeof AuditExportQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.audit.export({ request, reply }, format, { ...toSearch(filters), projectId });
  }
}
