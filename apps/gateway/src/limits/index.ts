export { Attempts } from './attempts.service.js';
export { ConcurrencyLimits } from './concurrency-limits.service.js';
export { LimitReached, tooManyAtOnce } from './limit-reached.js';
export { LIMITED_BY, LimitedBy } from './limited-by.js';
export { LimitsModule } from './limits.module.js';
export { RateLimits } from './rate-limits.service.js';
export { limitSettings, userKey, type LimitName } from './limits.table.js';
export { addRateLimitHeaders, setRateLimitHeaders } from './rate-limit.headers.js';
