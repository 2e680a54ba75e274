import { Module } from '@nestjs/common';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyService } from './idempotency.service.js';
import { IdempotentRoutes } from './idempotent-routes.service.js';
import { IdempotencyStore } from './idempotency.store.js';

@Module({
  providers: [IdempotencyQuotas, IdempotencyService, IdempotencyStore, IdempotentRoutes],
  exports: [IdempotencyService, IdempotentRoutes],
})
export class IdempotencyModule {}
