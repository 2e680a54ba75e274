import { Controller } from '@nestjs/common';
import {
  beginOidcSignIn,
  completeOidcSignIn,
  getOidcSignOut,
  listSignInWays,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { OidcProvider } from './oidc.provider.js';
import { OidcSignInService } from './oidc-sign-in.service.js';

@Controller()
export class OidcSignInController {
  constructor(
    private readonly provider: OidcProvider,
    private readonly signIn: OidcSignInService,
  ) {}

  @Handle(listSignInWays)
  ways(_input: InputOf<typeof listSignInWays>): Promise<OutputOf<typeof listSignInWays>> {
    const { name } = this.provider;
    return Promise.resolve({ oidc: name === null ? null : { name } });
  }

  @Handle(beginOidcSignIn)
  begin(input: InputOf<typeof beginOidcSignIn>): Promise<OutputOf<typeof beginOidcSignIn>> {
    return this.signIn.begin(input);
  }

  @Handle(completeOidcSignIn)
  complete(input: InputOf<typeof completeOidcSignIn>): Promise<OutputOf<typeof completeOidcSignIn>> {
    return this.signIn.complete(input);
  }

  @Handle(getOidcSignOut)
  async signOut(_input: InputOf<typeof getOidcSignOut>): Promise<OutputOf<typeof getOidcSignOut>> {
    return { url: await this.provider.signOutUrl() };
  }
}
