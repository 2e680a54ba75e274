import { Controller, Delete, Get, Req, Res } from '@nestjs/common';
import { endConsoleSessions, getOidcSignOut, listConsoleSessions, type KeyHolder } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Holder } from '../access/index.js';
import { ConsoleCookie } from '../authentication/index.js';
import { ApiTag, Describe, PathId } from '../http/index.js';
import { StatusAnswer } from '../projects/index.js';
import { BrowsersAnswer, ConsoleSessionAnswer, SignedOutAnswer } from './console-session.answer.js';
import { ConsoleSessionPresenter, presentBrowser } from './console-session.presenter.js';

/** Who is signed in, and where else (docs/console.md#sign-in). Ours. */
@Controller('console')
@ApiTag('Console')
@AccessFor('console')
export class ConsoleSessionController {
  constructor(
    private readonly bus: Bus,
    private readonly cookie: ConsoleCookie,
    private readonly presenter: ConsoleSessionPresenter,
  ) {}

  @Describe({
    id: 'getConsoleSession',
    summary: 'Get who is signed in to the console',
    description:
      'The one request with the cookie that needs no `x-csrf-token`, as its answer has it, and the list of sessions.',
    answer: ConsoleSessionAnswer,
  })
  @Get('session')
  get(@Holder() holder: KeyHolder, @Req() request: FastifyRequest) {
    return this.presenter.present(holder, this.cookie.tokenOf(request) ?? '');
  }

  @Describe({ id: 'signOut', summary: 'Sign out of the console', answer: SignedOutAnswer })
  @Delete('session')
  async signOut(
    @Holder() { person, keyId, session }: KeyHolder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.bus.request(endConsoleSessions, { personId: person.id, sessionId: keyId });
    this.cookie.clear(reply);
    const { url } =
      session?.signedInBy === 'oidc' ? await this.bus.request(getOidcSignOut, {}) : { url: null };
    return { status: 'success' as const, provider_sign_out_url: url };
  }

  @Describe({
    id: 'listConsoleSessions',
    summary: 'List the browsers in which you are signed in',
    answer: BrowsersAnswer,
  })
  @Get('sessions')
  async list(@Holder() { person, keyId }: KeyHolder) {
    const { items } = await this.bus.request(listConsoleSessions, { personId: person.id });
    return { items: items.map((session) => presentBrowser(session, keyId)) };
  }

  @Describe({
    id: 'endOwnConsoleSessions',
    summary: 'Sign out of the console everywhere',
    description: 'Also in the browser that asks.',
    answer: StatusAnswer,
  })
  @Delete('sessions')
  async endAll(@Holder() { person }: KeyHolder, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.bus.request(endConsoleSessions, { personId: person.id });
    this.cookie.clear(reply);
    return { status: 'success' as const };
  }

  @Describe({
    id: 'endOwnConsoleSession',
    summary: 'Sign out of the console in one browser',
    path: { id: 'The session, `cs_…`.' },
    answer: StatusAnswer,
  })
  @Delete('sessions/:id')
  async end(@Holder() { person }: KeyHolder, @PathId('id', 'consoleSession') sessionId: string) {
    await this.bus.request(endConsoleSessions, { personId: person.id, sessionId });
    return { status: 'success' as const };
  }
}
