import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { ClientDocumentController } from './client-document.controller.js';
import { ConnectController } from './connect.controller.js';
import { ConnectPreviewController } from './connect-preview.controller.js';
import { ConnectService } from './connect.service.js';
import { OAuthCallbackController } from './oauth-callback.controller.js';

@Module({
  imports: [HttpModule, LimitsModule],
  controllers: [
    ClientDocumentController,
    ConnectController,
    ConnectPreviewController,
    OAuthCallbackController,
  ],
  providers: [ConnectService],
})
export class ConnectModule {}
