import { Module } from '@nestjs/common';
import { PartitionManager } from './partition.manager.js';

@Module({ providers: [PartitionManager], exports: [PartitionManager] })
export class PartitionsModule {}
