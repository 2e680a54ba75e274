export { IDEMPOTENT, IdempotencyKey, Idempotent } from './idempotency.interceptor.js';
export { IdempotencyModule } from './idempotency.module.js';
export { IdempotencyService } from './idempotency.service.js';
export { IdempotentRoutes } from './idempotent-routes.service.js';
export { idempotentCallOf } from './idempotent-request.js';
