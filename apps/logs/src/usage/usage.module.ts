import { Module } from '@nestjs/common';
import { UsageController } from './usage.controller.js';
import { UsageRowsService } from './usage-rows.service.js';
import { UsageService } from './usage.service.js';

@Module({ controllers: [UsageController], providers: [UsageService, UsageRowsService] })
export class UsageModule {}
