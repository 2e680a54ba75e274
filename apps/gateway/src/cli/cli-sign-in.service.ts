import { Injectable } from '@nestjs/common';
import { AppError, getCliSession, linkCliSession } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ClientAddress } from '../http/index.js';
import { Attempts } from '../limits/index.js';
import { sendPage } from '../pages/index.js';
import { SignedInPage, SignInPage } from './cli.pages.js';

const Where = z.object({ cliKey: z.uuid() });
const Form = z.object({
  user_key: z.string().trim().max(300).startsWith('uak_'),
  project: z
    .string()
    .trim()
    .max(100)
    .transform((project) => project || undefined)
    .optional(),
});
/** What the person can put right in the form. */
const MENDABLE = new Set<string>(['unauthenticated', 'forbidden', 'not_found', 'invalid_request']);

/** Asks who signs a command line in. Who they are they say by a key of theirs; no browser is remembered. */
@Injectable()
export class CliSignIn {
  constructor(
    private readonly bus: Bus,
    private readonly attempts: Attempts,
    private readonly addresses: ClientAddress,
  ) {}

  async ask(reply: FastifyReply, query: unknown, problem?: string): Promise<void> {
    const session = await this.bus.request(getCliSession, { id: idOf(query) });
    if (session.status === 'linked')
      throw new AppError('link_not_usable', 'This command line is signed in already.');
    const isElsewhere = session.address !== this.addresses.of(reply.request.raw);
    sendPage(reply, problem ? 400 : 200, SignInPage({ session, isElsewhere, problem }));
  }

  async link(reply: FastifyReply, query: unknown, form: unknown): Promise<void> {
    const id = idOf(query);
    const { data } = Form.safeParse(form);
    if (!data) return this.ask(reply, query, 'Enter a user key: it begins with uak_.');
    const { user_key: secret, project } = data;
    try {
      const { account, code } = await this.attempts.verify(
        { limit: 'codes', refusal: 'unauthenticated', address: this.addresses.of(reply.request.raw), secret },
        (keySha256) => this.bus.request(linkCliSession, { id, keySha256, project }),
      );
      sendPage(reply, 200, SignedInPage({ account, code }));
    } catch (error) {
      if (!(error instanceof AppError) || !MENDABLE.has(error.code)) throw error;
      await this.ask(reply, query, error.message);
    }
  }
}

function idOf(query: unknown): string {
  const { data } = Where.safeParse(query);
  if (data) return data.cliKey;
  throw new AppError('link_not_usable', 'This page is opened by a command line that signs in.');
}
