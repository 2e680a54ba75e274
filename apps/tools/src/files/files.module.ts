import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { CallFile } from './call-file.entity.js';
import { FileQuota } from './file.quota.js';
import { FileSweep } from './file.sweep.js';
import { FileUsage } from './file-usage.entity.js';
import { FilesController } from './files.controller.js';
import { FilesService } from './files.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CallFile, FileUsage])],
  controllers: [FilesController],
  providers: [FileQuota, FilesService, FileSweep],
  exports: [FilesService],
})
export class FilesModule {
  constructor(deletions: Deletions, files: FilesService) {
    deletions.register({ project: (projectId) => files.deleteAllOf(projectId) });
  }
}
