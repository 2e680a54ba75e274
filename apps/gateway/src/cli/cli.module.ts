import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { CliPageController } from './cli-page.controller.js';
import { CliSignIn } from './cli-sign-in.service.js';
import { CliController } from './cli.controller.js';

@Module({
  imports: [HttpModule, LimitsModule],
  controllers: [CliController, CliPageController],
  providers: [CliSignIn],
})
export class CliModule {}
