import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DEAD_LETTER_SERVICES, DeadLetterId, type DeadLetterService } from '@patchbay/contracts';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, pageQuery, Wire } from '../http/index.js';
import { DeadLettersService } from './dead-letters.service.js';
import { DeadLetterCountsAnswer, DeadLettersAnswer, HandledLetterAnswer } from './dead-letter.answer.js';

const Service = z.enum(DEAD_LETTER_SERVICES);
const ListQuery = z.object(pageQuery(50));

const LETTER = { id: 'The dead letter.' };

/** For the operator: events that a service could not publish or handle, and what becomes of them. */
@Controller('org/dead_letters')
@AccessFor('organisation')
@ApiTag('Organisation')
export class DeadLettersController {
  constructor(private readonly letters: DeadLettersService) {}

  @Describe({
    id: 'countDeadLetters',
    summary: 'Count the dead letters of each service',
    answer: DeadLetterCountsAnswer,
    leadsTo: { 'org/dead_letters/:service': 'items.0.service' },
  })
  @Get()
  count() {
    return this.letters.count();
  }

  @Describe({
    id: 'listDeadLetters',
    summary: 'List the dead letters of a service',
    answer: DeadLettersAnswer,
  })
  @Get(':service')
  list(
    @Param('service', new Wire(Service)) service: DeadLetterService,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    return this.letters.list(service, query);
  }

  @Describe({
    id: 'resendDeadLetter',
    summary: 'Send a dead letter again',
    path: LETTER,
    answer: HandledLetterAnswer,
    errors: ['not_found', 'conflict'],
  })
  @Post(':service/:id/resend')
  @HttpCode(200)
  resend(
    @Param('service', new Wire(Service)) service: DeadLetterService,
    @Param('id', new Wire(DeadLetterId)) id: string,
  ) {
    return this.letters.resend(service, id);
  }

  @Describe({
    id: 'discardDeadLetter',
    summary: 'Discard a dead letter',
    path: LETTER,
    answer: HandledLetterAnswer,
    errors: ['not_found'],
  })
  @Delete(':service/:id')
  discard(
    @Param('service', new Wire(Service)) service: DeadLetterService,
    @Param('id', new Wire(DeadLetterId)) id: string,
  ) {
    return this.letters.discard(service, id);
  }
}
