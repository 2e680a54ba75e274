import { Controller, Injectable } from '@nestjs/common';
import { cancelCalls, type SignalOf } from '@patchbay/contracts';
import { currentContext, OnSignal } from '@patchbay/service';

/** The calls under way in this process, by the request they are made for. */
@Injectable()
export class CallCancellation {
  private readonly byRequest = new Map<string, Set<AbortController>>();

  /** Does the work under a signal that ends it when its request is cancelled. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const requestId = currentContext()?.requestId ?? '';
    const controller = new AbortController();
    const siblings = this.byRequest.get(requestId) ?? new Set();
    this.byRequest.set(requestId, siblings.add(controller));
    try {
      return await work(controller.signal);
    } finally {
      siblings.delete(controller);
      if (siblings.size === 0) this.byRequest.delete(requestId);
    }
  }

  cancel(requestId: string): void {
    for (const controller of this.byRequest.get(requestId) ?? []) controller.abort();
  }
}

@Controller()
export class CallCancellationController {
  constructor(private readonly running: CallCancellation) {}

  /** On every replica: only one of them runs the call. */
  @OnSignal(cancelCalls)
  async onCancelled({ requestId }: SignalOf<typeof cancelCalls>): Promise<void> {
    this.running.cancel(requestId);
  }
}
