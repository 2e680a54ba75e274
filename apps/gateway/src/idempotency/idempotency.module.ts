import { Module } from '@nestjs/common';
import { AttemptsSignalsController } from './attempts.signals.controller.js';
import { ClientAttempts } from './client-attempts.service.js';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyService } from './idempotency.service.js';
import { IdempotentRoutes } from './idempotent-routes.service.js';
import { IdempotencyStore } from './idempotency.store.js';
import { RequestRecords } from './request-records.service.js';
import { RunningAttempts } from './running-attempts.service.js';

@Module({
  controllers: [AttemptsSignalsController],
  providers: [
    ClientAttempts,
    IdempotencyQuotas,
    IdempotencyService,
    IdempotencyStore,
    IdempotentRoutes,
    RequestRecords,
    RunningAttempts,
  ],
  exports: [IdempotencyService, IdempotentRoutes],
})
export class IdempotencyModule {}
