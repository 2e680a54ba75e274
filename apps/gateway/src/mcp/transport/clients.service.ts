import { Injectable } from '@nestjs/common';
import type { RequestId } from '@modelcontextprotocol/server';
import { mcpCallCancelled, mcpClientLeft, type SignalOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { LRUCache } from 'lru-cache';

/** How long a client's id is refused after its session ended, as the specification asks. */
const ENDED = { max: 20_000, ttl: 60 * 60_000 };

interface CallOfClient {
  sessionId: string;
  /** Empty for a client without a session. */
  client: string;
  callId: RequestId;
  /** Calls back when the client may not have the answer any more. @returns what takes the listener off */
  onRevoked: (listener: () => void) => () => void;
}

/** The calls running in this process, and the clients that have left; other replicas are told by signals. */
@Injectable()
export class ClientsService {
  private readonly calls = new Map<string, Set<AbortController>>();
  private readonly left = new LRUCache<string, true>(ENDED);

  constructor(private readonly bus: Bus) {}

  hasLeft(client: string): boolean {
    return this.left.has(client);
  }

  leave(client: string): void {
    this.left.set(client, true);
    this.bus.signal(mcpClientLeft, { client });
  }

  onLeft({ client }: SignalOf<typeof mcpClientLeft>): void {
    this.left.set(client, true);
  }

  /** Makes a call cancellable by its client while the work lasts; it also ends when the client may not have its answer. */
  async during<T>(
    { sessionId, client, callId, onRevoked }: CallOfClient,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = callKey(sessionId, client, callId);
    const controller = new AbortController();
    const stopListening = onRevoked(() => controller.abort());
    const calls = this.calls.get(key) ?? new Set();
    this.calls.set(key, calls.add(controller));
    try {
      return await work(controller.signal);
    } finally {
      stopListening();
      calls.delete(controller);
      if (calls.size === 0) this.calls.delete(key);
    }
  }

  cancel(sessionId: string, client: string, callId: RequestId): void {
    this.bus.signal(mcpCallCancelled, { sessionId, client, callId });
  }

  onCancelled({ sessionId, client, callId }: SignalOf<typeof mcpCallCancelled>): void {
    for (const call of this.calls.get(callKey(sessionId, client, callId)) ?? []) call.abort();
  }
}

/** 1 and "1" are different ids. */
function callKey(sessionId: string, client: string, callId: RequestId): string {
  return JSON.stringify([sessionId, client, callId]);
}
