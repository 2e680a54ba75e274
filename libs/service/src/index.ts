export { beforeReady } from './before-ready.js';
export { auditEntry, fieldsGiven, ORGANISATION, type Act } from './audit.js';
export { Bus } from './bus.js';
export { tellApprovalWanted } from './calls/approvals.js';
export { callContextOf } from './calls/call-context.js';
export { CallRecorder, type RecordPolicy } from './calls/call-recorder.js';
export {
  databaseUrlSetting,
  listSetting,
  originListSetting,
  fromFiles,
  loadConfig,
  publicUrlSetting,
  serviceSettings,
  type ServiceSettings,
} from './config.js';
export {
  currentContext,
  inBackground,
  newContext,
  type RequestContext,
  runInContext,
  runWithDeadline,
} from './context.js';
export { isPassing, toAppError } from './errors.js';
export { EventCache } from './event-cache.js';
export { EventConsumer } from './events/event-consumer.js';
export { cutTexts } from './events/fit-event.js';
export type { FailedEvent } from './events/failed-event.js';
export { checkEventStream, ensureEventStream, ensureStream } from './events/event-stream.js';
export { Drain } from './health/drain.js';
export { HealthRegistry } from './health/health.registry.js';
export { documentRefusal } from './http/client-document.js';
export { signOAuth1 } from './http/oauth1.js';
export {
  OutboundClient,
  type OutboundFetch,
  type OutboundRequest,
  type OutboundResponse,
} from './http/outbound.client.js';
export { explainOutbound, OutboundError, type OutboundTrouble } from './http/outbound.error.js';
export { AddressPolicy, isPublicHost } from './http/address-policy.js';
export { publicLookup } from './http/public-lookup.js';
export {
  asGiven,
  OPERATOR,
  privateHostsSetting,
  UNAUTHENTICATED,
  warnOfUnnamedHosts,
  type OutboundPurpose,
} from './http/private-hosts.js';
export { toResponse } from './http/responses.js';
export { withCredential } from './http/with-credential.js';
export { createLogger, NestLogger, type Logger } from './logger.js';
export { NatsClient } from './nats/nats.client.js';
export { refusalOf, storeMessage, StreamRefusal } from './nats/store.js';
export { readContext, readEvents } from './nats/wire.js';
export { NatsServer } from './nats/nats.server.js';
export { Bulkhead, refusals, type BulkheadSize, type NoPlace } from './limits/bulkhead.js';
export { TokenBucket } from './limits/token-bucket.js';
export { FairQueue, type FairQueueLimits } from './parsing/fair.queue.js';
export { ParserPool, parserSettings, type ParserSettings, type ParserTask } from './parsing/parser.pool.js';
export { Handle, OnEvent, OnSignal } from './rpc/handle.js';
export { Messages } from './rpc/messages.js';
export { parseInput } from './rpc/parse-input.js';
export { ServiceModule } from './service.module.js';
export { bootService, startService } from './start-service.js';
export type { Durations } from './telemetry/durations.js';
export { beforeScrape, counter, gauge, histogram, timed } from './telemetry/metrics.js';
export { openSpan, SpanKind, traced } from './telemetry/tracing.js';
export { LOGGER, SERVICE_NAME } from './tokens.js';
export { Sweep } from './sweep.js';
