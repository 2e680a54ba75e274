import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import {
  listCalls,
  MAX_CALLS_WITH_PAYLOADS,
  type CallOf,
  type CallRecord,
  type OutputOf,
} from '@patchbay/contracts';
import { Bus, LOGGER, newContext, runInContext, type Logger } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { contextOf } from '../http/request-hooks.js';
import { Wire } from '../http/wire.js';
import { queryFilters } from './log-filters.js';
import { presentLogDetail } from './log.presenter.js';

const PAGE_LIMIT_MS = 15_000;

const Time = z.coerce.number().min(0).optional();
const ExportQuery = z.object({ filters: queryFilters, from: Time, to: Time });

type Search = CallOf<typeof listCalls>;
type Page = OutputOf<typeof listCalls>;

/** Every call that passes the filters with all that is known of it, one JSON a line, newest first. */
@Controller('logs/tool_execution/export')
@AccessFor('project')
@Area('observability', 'read')
export class ExportController {
  constructor(
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get()
  async export(
    @ProjectId() projectId: string,
    @Query(new Wire(ExportQuery)) query: z.output<typeof ExportQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // What happens meanwhile is not in it: else a busy project's export would never end.
    const search = { projectId, ...query, to: query.to ?? Date.now(), limit: MAX_CALLS_WITH_PAYLOADS };
    // A refusal can only be told before the first line.
    const first = await this.page(request, { ...search, withPayloads: true });
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="calls.jsonl"',
    });
    const lines = this.lines(request, search, first);
    await pipeline(Readable.from(lines), reply.raw).catch((error: unknown) => {
      // The client went away, or sees by the broken transfer that lines are missing.
      this.logger.warn({ err: error }, 'an export broke off');
    });
  }

  /** Reads a page only when the client has taken the one before. */
  private async *lines(request: FastifyRequest, search: Search, first: Page): AsyncGenerator<string> {
    for (let page = first; ;) {
      yield page.items.map(toLine).join('');
      if (!page.nextCursor) return;
      page = await this.page(request, { ...search, withPayloads: true, cursor: page.nextCursor });
    }
  }

  /** With a deadline of its own: the whole may take longer than a request may. */
  private page(request: FastifyRequest, search: Search): Promise<Page> {
    const context = newContext({ ...contextOf(request), deadline: Date.now() + PAGE_LIMIT_MS });
    return runInContext(context, () => this.bus.request(listCalls, search));
  }
}

function toLine(call: CallRecord): string {
  return `${JSON.stringify(presentLogDetail(call))}\n`;
}
