import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/index.js';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { ConsoleFiles } from './console-files.service.js';
import { ConsolePageController } from './console-page.controller.js';
import { ConsoleSessionController } from './console-session.controller.js';
import { ConsoleSessionPresenter } from './console-session.presenter.js';
import { OidcSignInController } from './oidc-sign-in.controller.js';
import { OwnPasswordController } from './own-password.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SignInLinksController } from './sign-in-links.controller.js';
import { SignIns } from './sign-ins.service.js';

@Module({
  imports: [AuthenticationModule, HttpModule, LimitsModule],
  controllers: [
    ConsolePageController,
    ConsoleSessionController,
    OidcSignInController,
    OwnPasswordController,
    SignInController,
    SignInLinksController,
  ],
  providers: [ConsoleFiles, ConsoleSessionPresenter, SignIns],
  exports: [ConsoleFiles],
})
export class ConsoleModule {}
