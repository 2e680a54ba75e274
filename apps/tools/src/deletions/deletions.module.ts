import { Module } from '@nestjs/common';
import { FilesModule } from '../files/index.js';
import { ProjectToolkitsModule } from '../project-toolkits/index.js';
import { DeletionsConsumer } from './deletions.consumer.js';

@Module({ imports: [FilesModule, ProjectToolkitsModule], providers: [DeletionsConsumer] })
export class DeletionsModule {}
