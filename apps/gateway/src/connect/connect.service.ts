import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  followLink,
  getLink,
  type FieldValues,
  type LinkView,
  type OutputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { Attempts } from '../limits/index.js';
import { BrowserCookies, ClientAddress, isCrossSite } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import { sendOutcome } from './outcome.response.js';
import { sendPage } from '../pages/index.js';
import { CookiesPage, ForwardPage, LinkPage } from './pages.js';

/** Takes a browser from a link to the provider, or through a form, with a cookie that identifies it on its return. */
@Injectable()
export class ConnectService {
  private readonly publicUrl: URL;

  constructor(
    private readonly bus: Bus,
    private readonly browsers: BrowserCookies,
    private readonly attempts: Attempts,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {
    this.publicUrl = new URL(PUBLIC_URL);
  }

  /**
   * @param hop a step of ours that the browser has just made: to the host of PUBLIC_URL, which is where the provider
   * sends it back to and so must have its cookie; or to this page again, with the cookie it was given
   */
  async open(reply: FastifyReply, token: string, hop: 'host' | 'cookie' | undefined): Promise<void> {
    const here = `${this.publicUrl.href.replace(/\/+$/, '')}/link/${encodeURIComponent(token)}`;
    // Once only: behind a proxy that does not pass the host on, it looks like another one for ever.
    if (!hop && reply.request.host !== this.publicUrl.host) {
      return void reply.redirect(`${here}?hop=host`, 302);
    }
    const link = await this.find(reply, token);
    const [browser] = this.browsers.hashesOf(reply.request);
    this.browsers.setCookie(reply);
    if (link.showPage) return sendPage(reply, 200, LinkPage({ link }));
    if (!browser && link.bindsBrowser) {
      // It begins with the next request, once the browser has shown that it keeps what it was given.
      if (hop === 'cookie') return sendPage(reply, 400, CookiesPage({ link }));
      return sendPage(reply, 200, ForwardPage({ url: `${here}?hop=cookie`, toolkit: link.toolkit }));
    }
    this.proceed(reply, link, await this.bus.request(followLink, { token, browser }));
  }

  async follow(reply: FastifyReply, token: string, values: FieldValues): Promise<void> {
    const link = await this.find(reply, token);
    const [browser] = this.browsers.hashesOf(reply.request);
    this.browsers.setCookie(reply);
    if (isCrossSite(reply.request)) return sendPage(reply, 400, LinkPage({ link }));
    if (!browser && link.bindsBrowser) return sendPage(reply, 400, CookiesPage({ link }));
    try {
      this.proceed(reply, link, await this.bus.request(followLink, { token, values, browser }));
    } catch (error) {
      // The user can correct what they entered, or retry: the link is still valid.
      const isFinal = !(error instanceof AppError) || error.code === 'link_not_usable';
      if (isFinal || error.code === 'rate_limited') throw error;
      const shown = Object.fromEntries(
        link.fields.filter(({ secret }) => !secret).map(({ name }) => [name, values[name] ?? '']),
      );
      sendPage(reply, 400, LinkPage({ link, problem: error.message, entered: shown }));
    }
  }

  /** Throttled for addresses that try unknown tokens. */
  private find({ request }: FastifyReply, token: string): Promise<LinkView> {
    const address = this.addresses.of(request.raw);
    return this.attempts.verify(
      { limit: 'guesses', refusal: 'link_not_usable', address, secret: token },
      () => this.bus.request(getLink, { token }),
    );
  }

  private proceed(reply: FastifyReply, link: LinkView, next: OutputOf<typeof followLink>): void {
    if ('redirectUrl' in next) {
      sendPage(reply, 200, ForwardPage({ url: next.redirectUrl, toolkit: link.toolkit }));
    } else {
      sendOutcome(reply, next.outcome);
    }
  }
}
