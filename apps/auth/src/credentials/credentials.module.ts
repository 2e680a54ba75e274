import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { SchemesModule } from '../schemes/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { ConnectorService } from './connector.service.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsService } from './credentials.service.js';
import { Renewal } from './renewal.entity.js';
import { RenewalService } from './renewal.service.js';
import { RenewalSweep } from './renewal.sweep.js';
import { RevocationService } from './revocation.service.js';
import { TokenCourier } from './token.courier.js';

@Module({
  imports: [TypeOrmModule.forFeature([Renewal]), AccountsModule, SchemesModule, ToolkitsModule, VaultModule],
  controllers: [CredentialsController],
  providers: [
    ConnectorService,
    CredentialsService,
    RenewalService,
    RenewalSweep,
    RevocationService,
    TokenCourier,
  ],
  exports: [ConnectorService, RevocationService],
})
export class CredentialsModule {}
