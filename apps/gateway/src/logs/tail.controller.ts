import type { ServerResponse } from 'node:http';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { queryFilters } from './log-filters.js';
import { presentLog } from './log.presenter.js';
import { TailsService } from './tails.service.js';

const HEARTBEAT_MS = 15_000;
/** What a client may leave unread; one that is slower would cost the gateway its memory. */
const MAX_UNREAD_BYTES = 512 * 1024;
/** For the last words to a slow client. */
const LAST_WORDS_MS = 1_000;

const TailQuery = z.object({ filters: queryFilters });

/** Calls as they happen, as server-sent events: when one starts, and when it ends. */
@Controller('logs/tool_execution/tail')
@AccessFor('project')
@Area('observability', 'read')
export class TailController {
  constructor(private readonly tails: TailsService) {}

  @Get()
  async tail(
    @ProjectId() projectId: string,
    @Query(new Wire(TailQuery)) { filters }: z.output<typeof TailQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = new EventStream(reply.raw);
    const apiKey = String(request.headers['x-api-key']);
    const added = await this.tails.add({
      projectId,
      filters,
      apiKey,
      send: (call) => stream.send('call', presentLog(call), `${call.logId}:${call.status}`),
      end: (reason) => stream.end(reason),
    });
    reply.raw.once('close', () => added.forget());
    reply.hijack();
    stream.open();
  }
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
class EventStream {
  private heartbeat: NodeJS.Timeout | undefined;
  private isOpen = false;

  constructor(private readonly response: ServerResponse) {}

  open(): void {
    this.isOpen = true;
    this.response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Proxies that gather answers would keep each event back.
      'x-accel-buffering': 'no',
    });
    this.response.write(': watching\n\n');
    this.heartbeat = setInterval(() => this.write(':\n\n'), HEARTBEAT_MS);
    this.response.once('close', () => {
      this.isOpen = false;
      clearInterval(this.heartbeat);
    });
  }

  send(event: string, data: object, id: string): void {
    this.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(reason: string): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.response.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
    setTimeout(() => this.response.destroy(), LAST_WORDS_MS).unref();
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    if (this.response.writableLength > MAX_UNREAD_BYTES) return this.end('The client reads too slowly.');
    this.response.write(text);
  }
}
