import { Injectable } from '@nestjs/common';
import { cancelCalls } from '@patchbay/contracts';
import { Bus, currentContext, NatsClient } from '@patchbay/service';

/** Cancels the calls of a request whose caller no longer waits. */
@Injectable()
export class CallCancellation {
  constructor(
    private readonly bus: Bus,
    private readonly nats: NatsClient,
  ) {}

  /** Does the work; when the signal aborts, every replica that runs a call of the request is told to cancel it. */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const requestId = currentContext()?.requestId;
    if (!signal || !requestId) return work();
    const cancel = () => {
      // Without NATS the call runs until its deadline.
      if (this.nats.connected) this.bus.signal(cancelCalls, { requestId });
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}
