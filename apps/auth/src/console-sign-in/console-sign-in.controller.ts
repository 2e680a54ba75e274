import { Controller } from '@nestjs/common';
import {
  createSignInLink,
  getSignInLink,
  setPassword,
  signInByLink,
  signInByPassword,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ConsoleSignInService } from './console-sign-in.service.js';

@Controller()
export class ConsoleSignInController {
  constructor(private readonly signIn: ConsoleSignInService) {}

  @Handle(createSignInLink)
  createLink(input: InputOf<typeof createSignInLink>): Promise<OutputOf<typeof createSignInLink>> {
    return this.signIn.createLink(input);
  }

  @Handle(getSignInLink)
  getLink(input: InputOf<typeof getSignInLink>): Promise<OutputOf<typeof getSignInLink>> {
    return this.signIn.getLink(input.token);
  }

  @Handle(signInByLink)
  byLink(input: InputOf<typeof signInByLink>): Promise<OutputOf<typeof signInByLink>> {
    return this.signIn.byLink(input);
  }

  @Handle(signInByPassword)
  byPassword(input: InputOf<typeof signInByPassword>): Promise<OutputOf<typeof signInByPassword>> {
    return this.signIn.byPassword(input);
  }

  @Handle(setPassword)
  setPassword(input: InputOf<typeof setPassword>): Promise<OutputOf<typeof setPassword>> {
    return this.signIn.setPassword(input);
  }
}
