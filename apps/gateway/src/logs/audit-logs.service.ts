import { Injectable } from '@nestjs/common';
import { listAudit, type AuditRecord, type CallOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CSV_HEAD, presentAct, toCsvLines, toJsonLines } from './audit.presenter.js';
import { Exports } from './exports.service.js';

const EXPORT_PAGE = 500;

/** Acts of administration, as lists and as files. */
@Injectable()
export class AuditLogs {
  constructor(
    private readonly bus: Bus,
    private readonly exports: Exports,
  ) {}

  async list(search: CallOf<typeof listAudit>) {
    const { items, nextCursor } = await this.bus.request(listAudit, search);
    return { items: items.map(presentAct), next_cursor: nextCursor };
  }

  /** What happens meanwhile is not in it. */
  export(
    http: { request: FastifyRequest; reply: FastifyReply },
    format: 'jsonl' | 'csv',
    search: CallOf<typeof listAudit>,
  ): Promise<void> {
    const whole = { ...search, to: search.to ?? Date.now(), limit: EXPORT_PAGE };
    const isCsv = format === 'csv';
    return this.exports.send<AuditRecord>(http.request, http.reply, {
      type: isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      filename: `audit.${format}`,
      ...(isCsv && { head: CSV_HEAD }),
      page: (cursor) => this.bus.request(listAudit, { ...whole, cursor }),
      toText: isCsv ? toCsvLines : toJsonLines,
    });
  }
}
