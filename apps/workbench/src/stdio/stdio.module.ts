import { Module } from '@nestjs/common';
import { StdioController } from './stdio.controller.js';
import { StdioService } from './stdio.service.js';

@Module({ controllers: [StdioController], providers: [StdioService] })
export class StdioModule {}
