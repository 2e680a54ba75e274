import { Module } from '@nestjs/common';
import { RecordConsumer } from './record.consumer.js';

@Module({ providers: [RecordConsumer], exports: [RecordConsumer] })
export class StreamModule {}
