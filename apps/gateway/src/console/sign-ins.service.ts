import { Injectable } from '@nestjs/common';
import { AppError, type ErrorCode, type OpenedConsoleSession } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleCookie } from '../authentication/index.js';
import { ClientAddress, isForeignPage } from '../http/index.js';
import { RateLimits } from '../limits/index.js';
import { ConsoleSessionPresenter } from './console-session.presenter.js';

const MOST_OF_USER_AGENT = 300;

/** Opens sessions of the console: the cookie, and the tries that one address has. */
@Injectable()
export class SignIns {
  constructor(
    private readonly cookie: ConsoleCookie,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    private readonly presenter: ConsoleSessionPresenter,
  ) {}

  /**
   * @param refusal the error that means that the secret was wrong
   * @throws AppError `forbidden` for a page of another site, which would sign its visitor in as somebody else
   */
  async open(
    reply: FastifyReply,
    refusal: ErrorCode,
    signIn: (browser: { userAgent: string | null; replaces?: string }) => Promise<OpenedConsoleSession>,
  ) {
    const { request } = reply;
    const replaces = this.cookie.hashOf(request);
    const userAgent = request.headers['user-agent']?.slice(0, MOST_OF_USER_AGENT) ?? null;
    return this.attempt(request, refusal, async () => {
      const { token, holder, endsAt } = await signIn({ userAgent, ...(replaces && { replaces }) });
      this.cookie.set(reply, token, endsAt);
      return this.presenter.present(holder, token);
    });
  }

  /** Counts what is refused, by address. */
  async attempt<T>(request: FastifyRequest, refusal: ErrorCode, work: () => Promise<T>): Promise<T> {
    if (isForeignPage(request))
      throw new AppError('forbidden', 'One signs in on the console’s own page only.');
    const address = this.addresses.of(request.raw);
    await this.requireTries(address);
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === refusal) await this.limits.consume('signIns', address);
      throw error;
    }
  }

  /** @throws LimitReached */
  private async requireTries(address: string): Promise<void> {
    const state = await this.limits.peek('signIns', address);
    if (state && state.used >= state.most) await this.limits.consume('signIns', address);
  }
}
