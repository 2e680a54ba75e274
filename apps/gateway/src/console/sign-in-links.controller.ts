import { Body, Controller, Post, Req } from '@nestjs/common';
import { createSignInLink } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, NeedsFreshSignIn } from '../access/index.js';
import { ApiTag, Describe, OriginPolicy, PathId, Wire } from '../http/index.js';

const LinkAnswer = z.object({
  url: z.string().describe('The console, with the token behind `#`: it is in no log.'),
  token: z.string(),
  expires_at: z.string(),
});

const InvitationBody = z.strictObject({ days: z.int().min(1).max(30).default(7) });

/** For people who have no password yet, or have forgotten it. Ours. */
@Controller('org/people')
@ApiTag('People')
@AccessFor('organisation')
export class SignInLinksController {
  constructor(
    private readonly bus: Bus,
    private readonly origins: OriginPolicy,
  ) {}

  @Describe({
    id: 'createSignInLink',
    summary: 'Create a link by which a person signs in to the console',
    description: 'It works once, and for 15 minutes.',
    path: { id: 'The person, `person_…`.' },
    answer: LinkAnswer,
  })
  @Post(':id/sign-in-link')
  @NeedsFreshSignIn()
  create(@PathId('id', 'person') personId: string, @Req() request: FastifyRequest) {
    return this.link(request, { personId });
  }

  /** A person that sets themselves up: the session that it opens sets a password and makes keys. */
  @Describe({
    id: 'invitePerson',
    summary: 'Create an invitation, by which a new person sets themselves up',
    description:
      'Works once, for some days, and only for a person who has neither a password nor a key, and has not signed in at the OpenID provider. Whoever follows it is signed in to the console as that person, sets a password (`PUT /me/password`) and makes a key (`POST /me/keys`). A password that was set ends it.',
    path: { id: 'The person, `person_…`.' },
    answer: LinkAnswer,
    errors: ['conflict'],
    example: { body: { days: 7 } },
  })
  @Post(':id/invitation')
  @NeedsFreshSignIn()
  invite(
    @PathId('id', 'person') personId: string,
    @Body(new Wire(InvitationBody)) { days }: z.output<typeof InvitationBody>,
    @Req() request: FastifyRequest,
  ) {
    return this.link(request, { personId, days });
  }

  private async link(request: FastifyRequest, wanted: { personId: string; days?: number }) {
    const { token, expiresAt } = await this.bus.request(createSignInLink, wanted);
    return { url: `${this.origins.urlFor(request)}/console#token=${token}`, token, expires_at: expiresAt };
  }
}
