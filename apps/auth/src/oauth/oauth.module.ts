import { Module } from '@nestjs/common';
import { AuthConfigsModule } from '../auth-configs/auth-configs.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { VaultModule } from '../vault/vault.module.js';
import { OAuthClient } from './oauth.client.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [AuthConfigsModule, ConnectionsModule, ProjectsModule, VaultModule],
  providers: [OAuthClient, SignInService],
  exports: [SignInService],
})
export class OAuthModule {}
