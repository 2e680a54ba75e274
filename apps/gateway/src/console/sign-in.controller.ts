import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { getSignInLink, listSignInWays, signInByLink, signInByPassword } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { ConsoleSessionAnswer, LinkHolderAnswer, SignInWaysAnswer } from './console-session.answer.js';
import { SignIns } from './sign-ins.service.js';

const LinkBody = signInByLink.input.pick({ token: true });
const PasswordBody = signInByPassword.input.pick({ email: true, password: true });

/** The ways into the console (docs/console.md#sign-in). Ours. */
@Controller('console/sign-in')
@ApiTag('Console')
@AccessFor('anyone')
@LimitedBy('pages')
export class SignInController {
  constructor(
    private readonly bus: Bus,
    private readonly signIns: SignIns,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Describe({
    id: 'listSignInWays',
    summary: 'List the ways in which one signs in to the console',
    answer: SignInWaysAnswer,
  })
  @Get()
  async ways() {
    const { oidc } = await this.bus.request(listSignInWays, {});
    const page = `${this.config.PUBLIC_URL}/console/sign-in`;
    return { link: true, password: true, oidc: oidc && { ...oidc, page } };
  }

  @Describe({
    id: 'readSignInLink',
    summary: 'Read whom a one-time link signs in to the console',
    description: 'The link stays as good as it was. For pages of the same origin only.',
    answer: LinkHolderAnswer,
    errors: ['link_not_usable', 'forbidden'],
    example: { body: { token: 'psl_…' } },
  })
  @Post('link/holder')
  @HttpCode(200)
  readLink(@Body(new Wire(LinkBody)) { token }: z.output<typeof LinkBody>, @Req() request: FastifyRequest) {
    return this.signIns.attempt(request, 'link_not_usable', async () => {
      const { email, name, isNew, expiresAt } = await this.bus.request(getSignInLink, { token });
      return { email, name, is_new: isNew, expires_at: expiresAt };
    });
  }

  @Describe({
    id: 'signInByLink',
    summary: 'Sign in to the console by a one-time link',
    description: 'Sets the cookie of the session. For pages of the same origin only.',
    answer: ConsoleSessionAnswer,
    errors: ['link_not_usable', 'forbidden'],
    example: { body: { token: 'psl_…' } },
  })
  @Post('link')
  @HttpCode(200)
  byLink(
    @Body(new Wire(LinkBody)) { token }: z.output<typeof LinkBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.signIns.open(reply, 'link_not_usable', (browser) =>
      this.bus.request(signInByLink, { token, ...browser }),
    );
  }

  @Describe({
    id: 'signInByPassword',
    summary: 'Sign in to the console by e-mail address and password',
    description:
      'Sets the cookie of the session. For pages of the same origin only. A wrong password and an unknown address are ' +
      'answered alike.',
    answer: ConsoleSessionAnswer,
    errors: ['unauthenticated', 'forbidden'],
    example: { body: { email: 'ada@example.com', password: 'correct horse battery staple' } },
  })
  @Post('password')
  @HttpCode(200)
  byPassword(
    @Body(new Wire(PasswordBody)) { email, password }: z.output<typeof PasswordBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.signIns.open(reply, 'unauthenticated', (browser) =>
      this.bus.request(signInByPassword, { email, password, ...browser }),
    );
  }
}
