import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/index.js';
import { VaultModule } from '../vault/index.js';
import { OidcPeople } from './oidc-people.service.js';
import { OidcProvider } from './oidc.provider.js';
import { OidcSignInController } from './oidc-sign-in.controller.js';
import { OidcSignInService } from './oidc-sign-in.service.js';

@Module({
  imports: [PeopleModule, VaultModule],
  controllers: [OidcSignInController],
  providers: [OidcPeople, OidcProvider, OidcSignInService],
})
export class OidcSignInModule {}
