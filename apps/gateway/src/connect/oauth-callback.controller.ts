import { Controller, Get, Query, Res } from '@nestjs/common';
import { completeOAuth } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { Browser } from './browser.js';
import { withOutcome } from './callback-url.js';
import { orRefusedPage, sendPage } from './page.response.js';
import { OutcomePage } from './pages.js';

/** Doubled parameters are nothing an honest provider sends; the last one counts. */
const CallbackQuery = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()).transform((values) => values.at(-1) ?? '')]),
);

/** Where providers send the browser back to. No key: the state in the query is the proof. */
@Controller('toolkits/auth/callback')
@AccessFor('anyone')
export class OAuthCallbackController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async complete(
    @Query(new Wire(CallbackQuery)) query: z.output<typeof CallbackQuery>,
    @Browser() browser: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 400, async () => {
      const outcome = await this.bus.request(completeOAuth, { query, browser });
      const { callbackUrl } = outcome;
      if (callbackUrl) void reply.redirect(withOutcome(callbackUrl, outcome), 302);
      else sendPage(reply, 200, OutcomePage({ outcome }));
    });
  }
}
