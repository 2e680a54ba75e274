import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { BrowserCookies } from './browser.js';
import { ConnectController } from './connect.controller.js';
import { ConnectService } from './connect.service.js';
import { OAuthCallbackController } from './oauth-callback.controller.js';

@Module({
  imports: [HttpModule, LimitsModule],
  controllers: [ConnectController, OAuthCallbackController],
  providers: [BrowserCookies, ConnectService],
})
export class ConnectModule {}
