import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { OriginBindingsService } from './origin-bindings.service.js';

@Module({
  imports: [AccountsModule, ToolkitsModule],
  providers: [OriginBindingsService],
  exports: [OriginBindingsService],
})
export class OriginBindingsModule {}
