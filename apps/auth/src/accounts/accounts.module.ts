import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OAuthModule } from '../oauth/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { AuthConfig } from './auth-config.entity.js';
import { AuthConfigStore } from './auth-config.store.js';
import { ConnectLink } from './connect-link.entity.js';
import { Connection } from './connection.entity.js';
import { ConnectionStore } from './connection.store.js';
import { CredentialVault } from './credential.vault.js';

@Module({
  imports: [
    OAuthModule,
    TypeOrmModule.forFeature([AuthConfig, Connection, ConnectLink]),
    ToolkitsModule,
    VaultModule,
  ],
  providers: [AuthConfigStore, ConnectionStore, CredentialVault],
  exports: [AuthConfigStore, ConnectionStore, CredentialVault, TypeOrmModule],
})
export class AccountsModule {}
