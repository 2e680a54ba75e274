import { Controller, Get, Param, Post, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { followLink, getLink } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { AccessFor } from '../auth/access.js';
import { orRefusedPage, sendPage } from './page.response.js';
import { ForwardPage, LinkPage } from './pages.js';

/** The hosted page of a connect link: the token in its address is the permission. */
@Controller({ path: 'link/:token', version: VERSION_NEUTRAL })
@AccessFor('anyone')
export class ConnectController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 404, async () => {
      const link = await this.bus.request(getLink, { token });
      sendPage(reply, 200, LinkPage({ link }));
    });
  }

  @Post()
  async follow(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 404, async () => {
      const link = await this.bus.request(getLink, { token });
      const { redirectUrl } = await this.bus.request(followLink, { token });
      sendPage(reply, 200, ForwardPage({ url: redirectUrl, toolkit: link.toolkit }));
    });
  }
}
