import { Module } from '@nestjs/common';
import { Attempts } from './attempts.service.js';
import { ConcurrencyLimits } from './concurrency-limits.service.js';
import { LimitSharing } from './limit-sharing.service.js';
import { Limits } from './limits.service.js';
import { LimitsSignalsController } from './limits.signals.controller.js';

@Module({
  controllers: [LimitsSignalsController],
  providers: [Attempts, ConcurrencyLimits, Limits, LimitSharing],
  exports: [Attempts, ConcurrencyLimits, Limits],
})
export class LimitsModule {}
