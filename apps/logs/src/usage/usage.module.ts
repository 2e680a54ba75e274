import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsageController } from './usage.controller.js';
import { Usage, UsageByDay } from './usage.entity.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Usage, UsageByDay])],
  controllers: [UsageController],
  providers: [UsageService],
})
export class UsageModule {}
