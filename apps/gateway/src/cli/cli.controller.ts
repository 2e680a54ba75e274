import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CliScope, collectCliSession, createCliSession } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';

const CreateBody = z.object({
  scope: CliScope.default('project'),
  source: z
    .string()
    .nullish()
    .transform((source) => source?.slice(0, 200) ?? null),
});
/** Its short code is for people to compare, and nothing that a key is given out for. */
const GetQuery = z.object({ id: z.uuid() });

const SessionAnswer = z.object({
  id: z.string(),
  code: z.string().describe('For people to compare with the one on the page.'),
  expiresAt: z.string(),
  status: z.enum(['pending', 'linked']),
  scope: CliScope,
});
const CollectedAnswer = SessionAnswer.extend({
  account: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  api_key: z.string().nullable(),
});

/** The sign-in of a command line, as the command line sees it (docs/api/people.md#signing-in-a-command-line). */
@Controller('cli')
@ApiTag('People')
@AccessFor('anyone')
export class CliController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'createCliSession',
    summary: 'Begin the sign-in of a command line',
    description: 'Open the page `/cli?cliKey={id}` for its user, and show them the code.',
    answer: SessionAnswer,
    leadsTo: { getCliSession: { id: 'id' } },
    example: { body: { scope: 'user', source: 'laptop' } },
  })
  @Post('create-session')
  @LimitedBy('registrations')
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { id, code, scope, status, expiresAt } = await this.bus.request(createCliSession, body);
    return { id, code, expiresAt, status, scope };
  }

  @Describe({
    id: 'getCliSession',
    summary: 'Get how far a sign-in is, and its key',
    description: 'The key is answered once somebody has signed the command line in, and for ten seconds.',
    answer: CollectedAnswer,
    errors: ['link_not_usable', 'forbidden'],
  })
  @Get('get-session')
  async get(@Query(new Wire(GetQuery)) { id }: z.output<typeof GetQuery>) {
    const { code, scope, status, expiresAt, account, apiKey } = await this.bus.request(collectCliSession, {
      id,
    });
    return { id, code, expiresAt, status, scope, account, api_key: apiKey };
  }
}
