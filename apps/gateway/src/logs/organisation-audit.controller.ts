import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { AuditLogs } from './audit-logs.service.js';
import { OrganisationAuditExportQuery, OrganisationAuditQuery, toSearch } from './audit.query.js';
import { ActsAnswer, EXPORTED_ACTS } from './log.answer.js';

/** Who did what in all projects and in the organisation, also in those that are gone. Ours. */
@Controller('org/logs/audit')
@AccessFor('organisation')
@ApiTag('Organisation')
export class OrganisationAuditController {
  constructor(private readonly audit: AuditLogs) {}

  @Describe({
    id: 'listOrganisationAuditEvents',
    summary: 'List who did what in the organisation',
    description: 'In all projects, also in those that are gone.',
    answer: ActsAnswer,
  })
  @Get()
  list(
    @Query(new Wire(OrganisationAuditQuery))
    { project_id: projectId, limit, cursor, ...filters }: z.output<typeof OrganisationAuditQuery>,
  ) {
    return this.audit.list({ ...toSearch(filters), projectId, limit, cursor });
  }

  @Describe({
    id: 'exportOrganisationAuditEvents',
    summary: 'Export who did what in the organisation',
    answers: { 200: EXPORTED_ACTS },
  })
  @Get('export')
  export(
    @Query(new Wire(OrganisationAuditExportQuery))
    { project_id: projectId, format, ...filters }: z.output<typeof OrganisationAuditExportQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.audit.export({ request, reply }, format, { ...toSearch(filters), projectId });
  }
}
