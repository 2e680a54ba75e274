import { Controller } from '@nestjs/common';
import {
  completeOAuth,
  completeVerifiedOAuth,
  createLink,
  createReconnectLink,
  followLink,
  getLink,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { LinksService } from './links.service.js';
import { SignInService } from './sign-in.service.js';

@Controller()
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly signIns: SignInService,
  ) {}

  @Handle(createLink)
  create(input: InputOf<typeof createLink>): Promise<OutputOf<typeof createLink>> {
    return this.links.create(input);
  }

  @Handle(createReconnectLink)
  createForReconnect(
    input: InputOf<typeof createReconnectLink>,
  ): Promise<OutputOf<typeof createReconnectLink>> {
    return this.links.createForReconnect(input);
  }

  @Handle(getLink)
  get(input: InputOf<typeof getLink>): Promise<OutputOf<typeof getLink>> {
    return this.links.get(input.token);
  }

  @Handle(followLink)
  follow(input: InputOf<typeof followLink>): Promise<OutputOf<typeof followLink>> {
    return this.links.follow(input);
  }

  @Handle(completeOAuth)
  complete(input: InputOf<typeof completeOAuth>): Promise<OutputOf<typeof completeOAuth>> {
    return this.signIns.complete(input);
  }

  @Handle(completeVerifiedOAuth)
  completeVerified(
    input: InputOf<typeof completeVerifiedOAuth>,
  ): Promise<OutputOf<typeof completeVerifiedOAuth>> {
    return this.signIns.completeVerified(input);
  }
}
