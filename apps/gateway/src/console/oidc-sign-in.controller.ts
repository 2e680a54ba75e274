import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { AppError, beginOidcSignIn, completeOidcSignIn } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, BrowserCookies, Describe, isForeignPage, Wire } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import { ConsoleSessionAnswer } from './console-session.answer.js';
import { SignIns } from './sign-ins.service.js';

const BeginBody = z.strictObject({});
const AnswerBody = completeOidcSignIn.input.pick({ answer: true });
const BeginAnswer = z.object({
  url: z
    .string()
    .describe('At the provider: the browser goes there, and comes back to `/console/sign-in/callback`.'),
});

/**
 * The way into the console by the operator's OpenID provider. A page of ours asks for both steps, so that nothing of what the provider
 * says is an address that anybody is sent to.
 */
@Controller('console/sign-in/oidc')
@ApiTag('Console')
@AccessFor('anyone')
export class OidcSignInController {
  constructor(
    private readonly bus: Bus,
    private readonly browsers: BrowserCookies,
    private readonly signIns: SignIns,
  ) {}

  @Describe({
    id: 'beginSignInByProvider',
    summary: 'Begin to sign in to the console at the operator’s OpenID provider',
    description: 'Sets a cookie by which the same browser is known when it comes back, within ten minutes.',
    answer: BeginAnswer,
    errors: ['forbidden', 'not_found', 'unavailable'],
    example: { body: {} },
  })
  @Post('begin')
  @HttpCode(200)
  @LimitedBy('registrations')
  begin(
    @Body(new Wire(BeginBody)) _: z.output<typeof BeginBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (isForeignPage(request))
      throw new AppError('forbidden', 'One signs in on the console’s own page only.');
    return this.bus.request(beginOidcSignIn, { browser: this.browsers.setCookie(reply) });
  }

  @Describe({
    id: 'signInByProvider',
    summary: 'Sign in to the console by what the OpenID provider answered',
    description:
      'Takes the parameters of the address that the provider sent the browser back to, once, and sets the cookie of the session. For ' +
      'pages of the same origin only, in the browser that began.',
    answer: ConsoleSessionAnswer,
    errors: ['link_not_usable', 'unauthenticated', 'forbidden', 'unavailable'],
    example: { body: { answer: { state: 'pos_…', code: '…' } } },
  })
  @Post()
  @HttpCode(200)
  @LimitedBy('pages')
  complete(
    @Body(new Wire(AnswerBody)) { answer }: z.output<typeof AnswerBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const browsers = this.browsers.hashesOf(reply.request);
    return this.signIns.open(reply, 'link_not_usable', (browser) =>
      this.bus.request(completeOidcSignIn, { answer, browsers, ...browser }),
    );
  }
}
