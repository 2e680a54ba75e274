import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { McpModule } from '../mcp/index.js';
import { McpRegistriesModule } from '../mcp-registries/index.js';
import { ParsersModule } from '../parsing/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { DeclaredSignIn } from './declared.sign-in.js';
import { FirstAccount } from './first.account.js';
import { McpReader } from './mcp.source.js';
import { McpToolkitSync } from './mcp-toolkit.sync.js';
import { OpenApiReader } from './openapi.source.js';
import { ProgramReader } from './program.source.js';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkit.entity.js';
import { ProjectToolkitCatalogues } from './project-toolkit.catalogues.js';
import { ProjectToolkitsController } from './project-toolkits.controller.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';
import { SourceChoice } from './source.choice.js';
import { SourceReader } from './source.reader.js';
import { ToolkitDefinitions } from './toolkit.definitions.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ProjectToolkit, ProjectToolkitVersion]),
    McpModule,
    McpRegistriesModule,
    ParsersModule,
    ToolkitsModule,
  ],
  controllers: [ProjectToolkitsController],
  providers: [
    DeclaredSignIn,
    FirstAccount,
    McpReader,
    McpToolkitSync,
    OpenApiReader,
    ProgramReader,
    ProjectToolkitCatalogues,
    ProjectToolkitsService,
    SourceChoice,
    SourceReader,
    ToolkitDefinitions,
  ],
  exports: [ProjectToolkitCatalogues],
})
export class ProjectToolkitsModule {
  constructor(deletions: Deletions, definitions: ToolkitDefinitions) {
    deletions.register({ project: (projectId) => definitions.deleteAllOf(projectId) });
  }
}
