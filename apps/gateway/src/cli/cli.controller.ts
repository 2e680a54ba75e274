import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CliScope, collectCliSession, createCliSession } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { Wire } from '../http/index.js';
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

/** The sign-in of a command line, as the command line sees it (docs/api/people.md#signing-in-a-command-line). */
@Controller('cli')
@AccessFor('anyone')
export class CliController {
  constructor(private readonly bus: Bus) {}

  @Post('create-session')
  @LimitedBy('registrations')
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { id, code, scope, status, expiresAt } = await this.bus.request(createCliSession, body);
    return { id, code, expiresAt, status, scope };
  }

  @Get('get-session')
  async get(@Query(new Wire(GetQuery)) { id }: z.output<typeof GetQuery>) {
    const { code, scope, status, expiresAt, account, apiKey } = await this.bus.request(collectCliSession, {
      id,
    });
    return { id, code, expiresAt, status, scope, account, api_key: apiKey };
  }
}
