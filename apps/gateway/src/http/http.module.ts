import { Module } from '@nestjs/common';
import { ClientAddress } from './client-address.js';
import { OriginPolicy } from './origin.policy.js';

@Module({
  providers: [ClientAddress, OriginPolicy],
  exports: [ClientAddress, OriginPolicy],
})
export class HttpModule {}
