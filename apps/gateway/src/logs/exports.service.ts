import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, newContext, runInContext, type Logger } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { contextOf } from '../http/index.js';

const PAGE_LIMIT_MS = 15_000;

interface Page<I> {
  items: I[];
  nextCursor: string | null;
}

/** A whole list, however long, as a file. */
export interface Export<I> {
  type: string;
  filename: string;
  /** What stands before the first page. */
  head?: string;
  page: (cursor: string | undefined) => Promise<Page<I>>;
  toText: (items: readonly I[]) => string;
}

/** Sends lists page by page. What broke off is seen by its missing last chunk. */
@Injectable()
export class Exports {
  constructor(
    private readonly longLivedResponses: LongLivedResponses,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async send<I>(request: FastifyRequest, reply: FastifyReply, wanted: Export<I>): Promise<void> {
    // An error can only be answered before the first line is sent.
    const first = await this.page(request, wanted, undefined);
    reply.hijack();
    const { raw: response } = reply;
    response.writeHead(200, {
      'content-type': wanted.type,
      'content-disposition': `attachment; filename="${wanted.filename}"`,
    });
    this.longLivedResponses.hold(request, { response, end: () => response.destroy() });
    await pipeline(Readable.from(this.texts(request, wanted, first)), response).catch((error: unknown) => {
      // The client went away or may have no more of it, or sees by the broken transfer that lines are missing.
      this.logger.warn({ err: error }, 'an export broke off');
    });
  }

  /** Reads a page only when the client has taken the one before. */
  private async *texts<I>(
    request: FastifyRequest,
    wanted: Export<I>,
    first: Page<I>,
  ): AsyncGenerator<string> {
    yield wanted.head ?? '';
    for (let page = first; ;) {
      yield wanted.toText(page.items);
      if (!page.nextCursor) return;
      page = await this.page(request, wanted, page.nextCursor);
    }
  }

  /** With a deadline of its own: the whole may take longer than a request may. */
  private page<I>(request: FastifyRequest, wanted: Export<I>, cursor: string | undefined): Promise<Page<I>> {
    const context = newContext({ ...contextOf(request), deadline: Date.now() + PAGE_LIMIT_MS });
    return runInContext(context, () => wanted.page(cursor));
  }
}
