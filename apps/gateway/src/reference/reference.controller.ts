import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Controller, Get, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { ConsoleFiles } from '../console/index.js';
import { NotDescribed, OriginPolicy } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import { sendPage, sendScriptedPage } from '../pages/index.js';
import { ReferencePage, START, WelcomePage } from './reference.pages.js';
import { scalarBundle } from './scalar.bundle.js';

const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** Pages for people who come with a browser: what this is, and the API to read. */
@Controller({ version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('pages')
@NotDescribed('a page for people')
export class ReferenceController {
  constructor(
    private readonly origins: OriginPolicy,
    private readonly console: ConsoleFiles,
  ) {}

  /** A browser goes on to the console, where it is built. */
  @Get()
  async root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isBrowser = request.headers.accept?.includes('text/html') ?? false;
    if (isBrowser && (await this.console.page()) !== undefined) void reply.redirect('/console', 302);
    else this.welcome(request, reply);
  }

  @Get('welcome')
  welcome(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendPage(reply, 200, WelcomePage({ url: this.origins.urlFor(request) }));
  }

  @Get('docs')
  reference(@Res() reply: FastifyReply): void {
    sendScriptedPage(reply, ReferencePage());
  }

  @Get('docs/start.js')
  start(@Res() reply: FastifyReply): void {
    void reply.headers({ ...SCRIPT, 'cache-control': 'no-cache' }).send(START);
  }

  @Get('docs/scalar.js')
  async scalar(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { gzipped, etag } = await scalarBundle();
    void reply.headers({ ...SCRIPT, etag, 'cache-control': 'public, no-cache', vary: 'accept-encoding' });
    if (headers['if-none-match'] === etag) void reply.status(304).send();
    else if (/\bgzip\b/.test(headers['accept-encoding'] ?? ''))
      void reply.header('content-encoding', 'gzip').send(gzipped);
    else void reply.send(await promisify(gunzip)(gzipped));
  }
}
