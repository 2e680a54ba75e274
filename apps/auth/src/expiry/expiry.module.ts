import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ExpiryService } from './expiry.service.js';
import { ExpirySweep } from './expiry.sweep.js';

@Module({
  imports: [AccountsModule],
  providers: [ExpiryService, ExpirySweep],
})
export class ExpiryModule {}
