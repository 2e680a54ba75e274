import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/index.js';
import { ConnectedAccountsController } from './connected-accounts.controller.js';

@Module({
  imports: [LimitsModule],
  controllers: [ConnectedAccountsController],
})
export class ConnectedAccountsModule {}
