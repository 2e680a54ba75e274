import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { SchemesModule } from '../schemes/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { ConnectorService } from './connector.service.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsService } from './credentials.service.js';
import { Refresh } from './refresh.entity.js';
import { RefreshService } from './refresh.service.js';
import { RefreshSweep } from './refresh.sweep.js';
import { RevocationService } from './revocation.service.js';
import { RefreshClient } from './refresh.client.js';

@Module({
  imports: [TypeOrmModule.forFeature([Refresh]), AccountsModule, SchemesModule, ToolkitsModule, VaultModule],
  controllers: [CredentialsController],
  providers: [
    ConnectorService,
    CredentialsService,
    RefreshService,
    RefreshSweep,
    RevocationService,
    RefreshClient,
  ],
  exports: [ConnectorService, RevocationService],
})
export class CredentialsModule {}
