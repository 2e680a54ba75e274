import { Module } from '@nestjs/common';
import { BrowserCookies } from './browser-cookies.js';
import { ClientAddress } from './client-address.js';
import { OriginPolicy } from './origin.policy.js';

@Module({
  providers: [BrowserCookies, ClientAddress, OriginPolicy],
  exports: [BrowserCookies, ClientAddress, OriginPolicy],
})
export class HttpModule {}
