import { Body, Controller, Get, Post, Query, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../access/index.js';
import { orRefusedPage } from '../pages/index.js';
import { LimitedBy } from '../limits/index.js';
import { ConsentService } from './consent.service.js';
import { NotDescribed, isCrossSite } from '../http/index.js';

/**
 * Where a client sends its user for consent. Neither the client nor the session's id in the address authorise
 * anything: the access code does, which the developer's app gives to the session's user only.
 */
@NotDescribed('a page for people, who let an MCP client in there')
@Controller({ path: 'oauth/authorize', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('oauth')
export class OAuthAuthorizeController {
  constructor(private readonly consent: ConsentService) {}

  @Get()
  async ask(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 400, () => this.consent.ask(reply, query));
  }

  /** The form goes to the address that showed it, so that everything the client asked for comes again. */
  @Post()
  async admit(
    @Query() query: unknown,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 400, () =>
      isCrossSite(request) ? this.consent.ask(reply, query) : this.consent.answer(reply, query, form),
    );
  }
}
