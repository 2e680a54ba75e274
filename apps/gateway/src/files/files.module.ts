import { Module } from '@nestjs/common';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { FileBytesController } from './file-bytes.controller.js';
import { FilesController } from './files.controller.js';

@Module({
  imports: [LongLivedResponsesModule],
  controllers: [FileBytesController, FilesController],
})
export class FilesModule {}
