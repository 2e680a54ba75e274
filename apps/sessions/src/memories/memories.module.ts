import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MemoriesEventsController } from './memories.events.controller.js';
import { MemoriesService } from './memories.service.js';
import { Memory } from './memory.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Memory])],
  controllers: [MemoriesEventsController],
  providers: [MemoriesService],
  exports: [MemoriesService],
})
export class MemoriesModule {}
