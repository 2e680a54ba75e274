import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { createUserKey, getPerson, revokeUserKey, type KeyHolder } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { z } from 'zod';
import { AccessFor, Holder, NeedsFreshSignIn } from '../access/index.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { StatusAnswer } from '../projects/index.js';
import { MeAnswer, UserKeyAnswer } from './person.answer.js';
import { presentOrganisation, presentPerson, presentUserKey } from './person.presenter.js';
import { KeyBody } from './user-key.body.js';

/** Keys of somebody whom the operator's provider lets in: whom it no longer knows has them no longer than this. */
const PROVIDED_MS = 90 * 24 * 3_600_000;

/** What every person may see and do of their own. Ours. */
@Controller('me')
@ApiTag('People')
@AccessFor('person')
export class MeController {
  constructor(private readonly bus: Bus) {}

  @Describe({ id: 'getMe', summary: 'Get the person who asks', answer: MeAnswer })
  @Get()
  async get(@Holder() { person, organisation, keyId }: KeyHolder) {
    const { keys } = await this.bus.request(getPerson, { personId: person.id });
    return {
      ...presentPerson(person),
      organisation: presentOrganisation(organisation),
      key_id: keyId,
      keys: keys.map(presentUserKey),
    };
  }

  /**
   * A key does not outlive the one that made it: who found one for an hour has one for an hour. Who has just signed in to
   * the console is the person; what a provider lets in it lets out, and so its people's keys end, too.
   */
  @Describe({
    id: 'createOwnKey',
    summary: 'Create another key of your own',
    description:
      'It ends no later than the key that asks. A session of the console may ask within an hour of its sign-in, and for any end: 90 days at most for who signed in at the OpenID provider.',
    answer: UserKeyAnswer,
    errors: ['conflict'],
    example: { body: { name: 'laptop' } },
  })
  @Post('keys')
  @NeedsFreshSignIn()
  async createKey(@Holder() holder: KeyHolder, @Body(new Wire(KeyBody)) body: z.output<typeof KeyBody>) {
    const expiresAt = earlier(body.expires_at, latestEnd(holder));
    const input = { personId: holder.person.id, name: body.name, expiresAt };
    return presentUserKey(await this.bus.request(createUserKey, input));
  }

  @Describe({ id: 'revokeOwnKey', summary: 'Revoke a key of your own', answer: StatusAnswer })
  @Delete('keys/:keyId')
  async revokeKey(@Holder() { person }: KeyHolder, @PathId('keyId', 'apiKey') keyId: string) {
    await this.bus.request(revokeUserKey, { personId: person.id, keyId });
    return { status: 'success' as const };
  }
}

/** Null where the key may have any end. */
function latestEnd({ session, expiresAt }: KeyHolder): string | null {
  if (!session) return expiresAt;
  return session.signedInBy === 'oidc' ? new Date(Date.now() + PROVIDED_MS).toISOString() : null;
}

/** @returns one that cannot be read as a date as it is, for the contract to refuse */
function earlier(asked: string | null, most: string | null): string | null {
  if (asked === null || most === null) return asked ?? most;
  return Date.parse(asked) > Date.parse(most) ? most : asked;
}
