import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { KeyringModule } from '../keyring/index.js';
import { OAuthModule } from '../oauth/index.js';
import { SchemesModule } from '../schemes/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { AuthConfigsController } from './auth-configs.controller.js';
import { AuthConfigsService } from './auth-configs.service.js';
import { ConfigCheckService } from './config-check.service.js';
import { ConfigLifecycleService } from './config-lifecycle.service.js';

@Module({
  imports: [
    AccountsModule,
    CredentialsModule,
    KeyringModule,
    OAuthModule,
    SchemesModule,
    ToolkitsModule,
    VaultModule,
  ],
  controllers: [AuthConfigsController],
  providers: [AuthConfigsService, ConfigCheckService, ConfigLifecycleService],
  exports: [AuthConfigsService, ConfigLifecycleService],
})
export class AuthConfigsModule {}
