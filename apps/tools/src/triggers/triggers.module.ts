import { Module } from '@nestjs/common';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { CallsModule } from '../calls/index.js';
import { isReachable, type ToolsConfig } from '../config.js';
import { ParsersModule } from '../parsing/index.js';
import { CONFIG, TOOLKITS } from '../settings.module.js';
import { TriggerCatalogue } from './trigger.catalogue.js';
import { TriggerTypesService } from './trigger-types.service.js';
import { TriggersController } from './triggers.controller.js';
import { TriggersService } from './triggers.service.js';

const catalogue = {
  provide: TriggerCatalogue,
  useFactory: (toolkits: InstalledToolkit[], config: ToolsConfig) =>
    new TriggerCatalogue(toolkits, isReachable(config)),
  inject: [TOOLKITS, CONFIG],
};

@Module({
  imports: [CallsModule, ParsersModule],
  controllers: [TriggersController],
  providers: [catalogue, TriggerTypesService, TriggersService],
})
export class TriggersModule {}
