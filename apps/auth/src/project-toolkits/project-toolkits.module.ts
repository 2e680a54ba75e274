import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AuthConfigsModule } from '../auth-configs/index.js';
import { OriginBindingsModule } from '../origin-bindings/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { VaultModule } from '../vault/index.js';
import { ProjectToolkitsController } from './project-toolkits.controller.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';

@Module({
  imports: [AccountsModule, AuthConfigsModule, OriginBindingsModule, ToolkitsModule, VaultModule],
  controllers: [ProjectToolkitsController],
  providers: [ProjectToolkitsService],
})
export class ProjectToolkitsModule {}
