import { Module } from '@nestjs/common';
import { McpRegistriesController } from './mcp-registries.controller.js';

@Module({ controllers: [McpRegistriesController] })
export class McpRegistriesModule {}
