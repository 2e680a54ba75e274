import { Module } from '@nestjs/common';
import { Attempts } from './attempts.service.js';
import { ConcurrencyLimits } from './concurrency-limits.service.js';
import { LimitSharing } from './limit-sharing.service.js';
import { RateLimits } from './rate-limits.service.js';
import { LimitsSignalsController } from './limits.signals.controller.js';

@Module({
  controllers: [LimitsSignalsController],
  providers: [Attempts, ConcurrencyLimits, RateLimits, LimitSharing],
  exports: [Attempts, ConcurrencyLimits, RateLimits],
})
export class LimitsModule {}
