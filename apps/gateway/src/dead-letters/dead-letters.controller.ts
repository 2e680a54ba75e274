import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DEAD_LETTER_SERVICES, type DeadLetterService } from '@patchbay/contracts';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { pageQuery, Wire } from '../http/index.js';
import { DeadLettersService } from './dead-letters.service.js';

const Service = z.enum(DEAD_LETTER_SERVICES);
const ListQuery = z.object(pageQuery(50));

/** For the operator: events that a service could not publish or handle, and what becomes of them. */
@Controller('org/dead_letters')
@AccessFor('organisation')
export class DeadLettersController {
  constructor(private readonly letters: DeadLettersService) {}

  @Get()
  count() {
    return this.letters.count();
  }

  @Get(':service')
  list(
    @Param('service', new Wire(Service)) service: DeadLetterService,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    return this.letters.list(service, query);
  }

  @Post(':service/:id/resend')
  @HttpCode(200)
  resend(@Param('service', new Wire(Service)) service: DeadLetterService, @Param('id') id: string) {
    return this.letters.resend(service, id);
  }

  @Delete(':service/:id')
  discard(@Param('service', new Wire(Service)) service: DeadLetterService, @Param('id') id: string) {
    return this.letters.discard(service, id);
  }
}
