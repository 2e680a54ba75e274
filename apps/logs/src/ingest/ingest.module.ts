import { Module } from '@nestjs/common';
import { PartitionsModule } from '../partitions/index.js';
import { StreamModule } from '../stream/index.js';
import { RecordWriter } from './record.writer.js';

@Module({ imports: [PartitionsModule, StreamModule], providers: [RecordWriter] })
export class IngestModule {}
