import { Controller, type Type } from '@nestjs/common';
import {
  discardDeadLetter,
  listDeadLetters,
  resendDeadLetter,
  type DeadLetterService,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { DeadLetters } from './dead-letters.store.js';

type List = ReturnType<typeof listDeadLetters>;
type Resend = ReturnType<typeof resendDeadLetter>;
type Discard = ReturnType<typeof discardDeadLetter>;

/** Answers `<service>.deadLetters.…`; a class a service, because the subjects name it. */
export function deadLettersController(service: DeadLetterService): Type {
  @Controller()
  class DeadLettersController {
    constructor(readonly letters: DeadLetters) {}

    @Handle(listDeadLetters(service))
    list(input: InputOf<List>): Promise<OutputOf<List>> {
      return this.letters.list(input);
    }

    @Handle(resendDeadLetter(service))
    resend({ id }: InputOf<Resend>): Promise<OutputOf<Resend>> {
      return this.letters.resend(id);
    }

    @Handle(discardDeadLetter(service))
    discard({ id }: InputOf<Discard>): Promise<OutputOf<Discard>> {
      return this.letters.discard(id);
    }
  }
  return DeadLettersController;
}
