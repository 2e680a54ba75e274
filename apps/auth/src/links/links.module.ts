import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { AccountsModule } from '../accounts/index.js';
import { AuthConfigsModule } from '../auth-configs/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { OAuthModule } from '../oauth/index.js';
import { ProjectsModule } from '../projects/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { LinkQuota } from './link.quota.js';
import { LinkCompletion } from './link.completion.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';
import { SignIn } from './sign-in.entity.js';
import { SignInService } from './sign-in.service.js';
import { UnverifiedSignIn } from './unverified-sign-in.entity.js';
import { UnverifiedSignIns } from './unverified-sign-ins.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SignIn, UnverifiedSignIn]),
    AccountsModule,
    AuthConfigsModule,
    CredentialsModule,
    OAuthModule,
    ProjectsModule,
    ToolkitsModule,
    VaultModule,
  ],
  controllers: [LinksController],
  providers: [LinkQuota, LinkCompletion, LinksService, SignInService, UnverifiedSignIns],
})
export class LinksModule {
  constructor(deletions: Deletions, links: LinksService) {
    deletions.register({ session: (projectId, sessionId) => links.endOfSession(projectId, sessionId) });
  }
}
