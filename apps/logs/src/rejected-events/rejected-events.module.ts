import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RejectedEvent } from './rejected-event.entity.js';
import { RejectedEventsController } from './rejected-events.controller.js';
import { RejectedEventsService } from './rejected-events.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RejectedEvent])],
  controllers: [RejectedEventsController],
  providers: [RejectedEventsService],
})
export class RejectedEventsModule {}
