import { Body, Controller, Get, Post, Query, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { NotDescribed, isCrossSite } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import { orRefusedPage } from '../pages/index.js';
import { CliSignIn } from './cli-sign-in.service.js';

/** The page that a command line opens for its user: `<web address>?cliKey=<id>`. */
@Controller({ path: 'cli', version: VERSION_NEUTRAL })
@NotDescribed('the page on which a person signs a command line in')
@AccessFor('anyone')
@LimitedBy('pages')
export class CliPageController {
  constructor(private readonly signIn: CliSignIn) {}

  @Get()
  async ask(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 404, () => this.signIn.ask(reply, query));
  }

  /** No cookie says who somebody is, so a page of another site can send nothing but a key of its own. It may not do that either. */
  @Post()
  async link(
    @Query() query: unknown,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 404, () =>
      isCrossSite(request) ? this.signIn.ask(reply, query) : this.signIn.link(reply, query, form),
    );
  }
}
