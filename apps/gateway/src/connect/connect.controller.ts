import { Body, Controller, Get, Inject, Param, Post, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { AppError, followLink, getLink, type LinkView, type OutputOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { CONFIG } from '../tokens.js';
import { markBrowser } from './browser.js';
import { sendOutcome } from './outcome.response.js';
import { orRefusedPage, sendPage } from './page.response.js';
import { ForwardPage, LinkPage } from './pages.js';

const FormBody = z.record(z.string(), z.string());

/** The hosted page of a connect link: the token in its address is the permission. */
@Controller({ path: 'link/:token', version: VERSION_NEUTRAL })
@AccessFor('anyone')
export class ConnectController {
  private readonly isSecure: boolean;

  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) config: { PUBLIC_URL: string },
  ) {
    this.isSecure = config.PUBLIC_URL.startsWith('https:');
  }

  @Get()
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 404, async () => {
      const link = await this.bus.request(getLink, { token });
      const browser = markBrowser(reply, this.isSecure);
      if (link.showPage) return sendPage(reply, 200, LinkPage({ link }));
      return this.goOn(reply, link, await this.bus.request(followLink, { token, browser }));
    });
  }

  @Post()
  async follow(
    @Param('token') token: string,
    @Body(new Wire(FormBody)) values: z.output<typeof FormBody>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 404, async () => {
      const link = await this.bus.request(getLink, { token });
      const browser = markBrowser(reply, this.isSecure);
      try {
        return this.goOn(reply, link, await this.bus.request(followLink, { token, values, browser }));
      } catch (error) {
        // The person can mend what they entered, or try again: the link is still good.
        if (!(error instanceof AppError) || error.code === 'link_not_usable') throw error;
        const shown = Object.fromEntries(
          link.fields.filter(({ secret }) => !secret).map(({ name }) => [name, values[name] ?? '']),
        );
        return sendPage(reply, 400, LinkPage({ link, problem: error.message, entered: shown }));
      }
    });
  }

  private goOn(reply: FastifyReply, link: LinkView, next: OutputOf<typeof followLink>): void {
    if ('redirectUrl' in next) {
      sendPage(reply, 200, ForwardPage({ url: next.redirectUrl, toolkit: link.toolkit }));
    } else {
      sendOutcome(reply, next.outcome);
    }
  }
}
