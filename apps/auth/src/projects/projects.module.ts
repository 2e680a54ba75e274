import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { Project } from './project.entity.js';
import { ProjectsController } from './projects.controller.js';
import { ProjectsService } from './projects.service.js';
import { RevokedKey } from './revoked-key.entity.js';
import { SettingKeys } from './setting-keys.js';

@Module({
  imports: [TypeOrmModule.forFeature([Project, ApiKey, RevokedKey])],
  controllers: [ApiKeysController, ProjectsController],
  providers: [ApiKeysService, ProjectsService, SettingKeys],
  exports: [ApiKeysService, ProjectsService],
})
export class ProjectsModule {}
