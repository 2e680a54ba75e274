import { Module } from '@nestjs/common';
import { CustomToolsService } from './custom-tools.service.js';

@Module({ providers: [CustomToolsService], exports: [CustomToolsService] })
export class CustomToolsModule {}
