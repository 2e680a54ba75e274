import { Controller, Param, Post, Req } from '@nestjs/common';
import { createSignInLink } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, OriginPolicy } from '../http/index.js';

const LinkAnswer = z.object({
  url: z.string().describe('The console, with the token behind `#`: it is in no log.'),
  token: z.string(),
  expires_at: z.string(),
});

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
  async create(@Param('id') personId: string, @Req() request: FastifyRequest) {
    const { token, expiresAt } = await this.bus.request(createSignInLink, { personId });
    return { url: `${this.origins.urlFor(request)}/console#token=${token}`, token, expires_at: expiresAt };
  }
}
