import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { AppError, completeOAuth } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { LimitedBy } from '../limits/index.js';
import { BrowserCookies, NotDescribed, Wire } from '../http/index.js';
import { withOutcome } from './callback-url.js';
import { orRefusedPage, sendPage } from '../pages/index.js';
import { OutcomePage } from './pages.js';

/** Less than servers and proxies take of an address. */
const MOST_CHARACTERS = 8_000;
/** Doubled parameters are nothing an honest provider sends; the last one counts. */
const CallbackQuery = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()).transform((values) => values.at(-1) ?? '')]),
);
type CallbackQuery = z.output<typeof CallbackQuery>;

/**
 * Where providers send the browser back to. No key: the state in the query is the proof. A provider that we registered
 * at by ourselves has an address of its own, so that no other one's answer is taken for its (RFC 9700, section 4.4.2).
 */
@NotDescribed('where providers send the browser back to')
@Controller('toolkits/auth')
@AccessFor('anyone')
@LimitedBy('pages')
export class OAuthCallbackController {
  constructor(
    private readonly bus: Bus,
    private readonly browsers: BrowserCookies,
  ) {}

  @Get(['callback', 'issuers/:issuer/callback'])
  async complete(
    @Query(new Wire(CallbackQuery)) query: CallbackQuery,
    @Param('issuer') issuer: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 400, async () => {
      const browsers = this.browsers.hashesOf(request);
      const answer = await this.bus.request(completeOAuth, { query, issuer, browsers });
      if ('redirectUrl' in answer) return void reply.redirect(answer.redirectUrl, 302);
      const outcome = answer;
      const { callbackUrl } = outcome;
      if (callbackUrl) void reply.redirect(withOutcome(callbackUrl, outcome), 302);
      else sendPage(reply, 200, OutcomePage({ outcome }));
    });
  }

  /**
   * The answer as a form (OAuth 2.0 Form Post Response Mode). It comes from another site, and so without the cookie:
   * the browser comes again by GET, with it.
   */
  @Post(['callback', 'issuers/:issuer/callback'])
  async takeForm(
    @Body(new Wire(CallbackQuery)) answer: CallbackQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 400, async () => {
      const path = request.url.split('?', 1)[0];
      const query = new URLSearchParams(answer).toString();
      if (query.length > MOST_CHARACTERS) {
        throw new AppError('invalid_request', 'The answer that the provider sent you back with is too long.');
      }
      void reply.redirect(`${path}?${query}`, 303);
    });
  }
}
