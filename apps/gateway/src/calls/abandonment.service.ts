import { Injectable } from '@nestjs/common';
import { cancelCalls } from '@patchbay/contracts';
import { Bus, currentContext, NatsClient } from '@patchbay/service';

/** Ends the calls of a request that nobody waits for any more. */
@Injectable()
export class Abandonment {
  constructor(
    private readonly bus: Bus,
    private readonly nats: NatsClient,
  ) {}

  /** Does the work; once the signal aborts, whoever is at work on the request is told, wherever that is. */
  async watch<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const requestId = currentContext()?.requestId;
    if (!signal || !requestId) return work();
    const tell = () => {
      // Without NATS nobody can be told, and the call ends with its own time.
      if (this.nats.connected) this.bus.signal(cancelCalls, { requestId });
    };
    signal.addEventListener('abort', tell, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', tell);
    }
  }
}
