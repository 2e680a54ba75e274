import { Body, Controller, Put } from '@nestjs/common';
import { setPassword, type KeyHolder } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Holder } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { StatusAnswer } from '../projects/index.js';

const fields = setPassword.input.shape;
const PasswordBody = z.strictObject({ password: fields.password, current_password: fields.current });

/** A person's password for the console. Ours. */
@Controller('me/password')
@ApiTag('People')
@AccessFor('person')
export class OwnPasswordController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'setOwnPassword',
    summary: 'Set your password for the console',
    description:
      'Ends your other sessions of the console. `current_password` is needed, unless you have none yet or signed in by a link ' +
      'within the last 15 minutes.',
    answer: StatusAnswer,
    errors: ['unauthenticated', 'forbidden', 'rate_limited'],
    example: { body: { password: 'correct horse battery staple' } },
  })
  @Put()
  async set(
    @Holder() { person, keyId, session }: KeyHolder,
    @Body(new Wire(PasswordBody)) body: z.output<typeof PasswordBody>,
  ) {
    const { password, current_password: current } = body;
    const sessionId = session && keyId;
    await this.bus.request(setPassword, {
      personId: person.id,
      password,
      ...(sessionId && { sessionId }),
      ...(current !== undefined && { current }),
    });
    return { status: 'success' as const };
  }
}
