import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StreamModule } from '../stream/index.js';
import { Call } from './call.entity.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';

@Module({
  imports: [StreamModule, TypeOrmModule.forFeature([Call])],
  controllers: [CallsController],
  providers: [CallsService],
})
export class CallsModule {}
