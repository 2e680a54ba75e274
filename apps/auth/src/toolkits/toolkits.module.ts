import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectToolkit } from './project-toolkit.entity.js';
import { ToolkitLoader } from './toolkit.loader.js';
import { ToolkitRegistry } from './toolkit.registry.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProjectToolkit])],
  providers: [ToolkitLoader, ToolkitRegistry],
  exports: [ToolkitLoader, ToolkitRegistry, TypeOrmModule],
})
export class ToolkitsModule {}
