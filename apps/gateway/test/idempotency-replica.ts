import { attemptAskedFor } from '@patchbay/contracts';
import { Bus, createLogger, Drain, NatsClient } from '@patchbay/service';
import { ClientAttempts } from '../src/idempotency/client-attempts.service.js';
import { IdempotencyQuotas } from '../src/idempotency/idempotency-quotas.service.js';
import { IdempotencyService } from '../src/idempotency/idempotency.service.js';
import { IdempotencyStore } from '../src/idempotency/idempotency.store.js';
import type { Execution, IdempotentRequest } from '../src/idempotency/idempotent-request.js';
import { RequestRecords } from '../src/idempotency/request-records.service.js';
import { RunningAttempts } from '../src/idempotency/running-attempts.service.js';

/**
 * The idempotency of one replica of the gateway, put together as its module does it.
 * @param places records that are kept of a project; 0: all
 * @param bytes of a project's answers; 0: all
 */
export async function startIdempotency(url: string, { places = 0, bytes = 0 } = {}) {
  const logger = createLogger('gateway', 'silent');
  const nats = await NatsClient.connect('gateway', { NATS_URL: url }, logger);
  const store = new IdempotencyStore(nats, logger);
  await store.onModuleInit();
  const quota = { PATCHBAY_REPEATS_PROJECT_PLACES: places, PATCHBAY_REPEATS_PROJECT_BYTES: bytes };
  const quotas = new IdempotencyQuotas(store, quota, logger);
  const records = new RequestRecords(store, quotas);
  const drain = new Drain();
  const running = new RunningAttempts(store);
  const attempts = new ClientAttempts(store, quotas, records, running, new Bus(nats, logger), logger, drain);
  const signals = await nats.subscribe(
    attemptAskedFor.subject,
    (_, signal) => void attempts.settle(attemptAskedFor.signal.parse(signal)),
  );
  const service = new IdempotencyService(store, quotas, records, attempts);
  return {
    store,
    idempotency: {
      /** What is executed is so by services, and the replica's connection leads to them. */
      execute: (request: IdempotentRequest, { work, isCallerGone }: Execution) =>
        service.execute(request, {
          work: async (isRetry) => {
            await nats.connection.flush();
            return work(isRetry);
          },
          isCallerGone,
        }),
    },
    drain: () => drain.run(1_000),
    /** As if it had been killed: it answers no other replica any more. */
    fallSilent: () => {
      signals.unsubscribe();
      running.onModuleDestroy();
    },
    close: () => nats.close(),
  };
}
