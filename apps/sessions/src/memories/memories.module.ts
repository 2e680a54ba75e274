import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MemoriesService } from './memories.service.js';
import { Memory } from './memory.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Memory])],
  providers: [MemoriesService],
  exports: [MemoriesService],
})
export class MemoriesModule {}
