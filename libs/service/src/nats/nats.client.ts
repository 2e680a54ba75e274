import { errors, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { AppError, type ServiceName } from '@patchbay/contracts';
import type { Logger } from '../logger.js';
import { beforeScrape, gauge } from '../telemetry/metrics.js';
import { connectGathering, lastFailure } from './gathering-transport.js';
import { Replies, type Question } from './replies.js';
import { natsServer, type NatsSettings } from './settings.js';
import { readEvents } from './wire.js';

const connectedGauge = gauge({
  name: 'patchbay_nats_connected',
  help: '1 while the connection to NATS is there.',
});

const WAITING_MS = 5_000;

/**
 * The process's one connection to NATS. It comes back by itself after an outage; while it is away,
 * callers fail at once instead of waiting for a timeout.
 */
export class NatsClient {
  private isConnected = true;
  private readonly lostListeners = new Set<() => void>();
  private readonly returnListeners = new Set<() => void>();
  private readonly replies: Replies;

  private constructor(
    readonly connection: NatsConnection,
    inboxPrefix: string,
    private readonly logger: Logger,
    /** How many servers keep each stream. */
    readonly streamReplicas: number,
  ) {
    this.replies = new Replies(connection, inboxPrefix);
    void this.watch();
    beforeScrape(() => connectedGauge.set(this.connected ? 1 : 0));
  }

  /** Waits until a server is there: services and NATS may be started in any order. */
  static async connect(service: ServiceName, settings: NatsSettings, logger: Logger): Promise<NatsClient> {
    const server = natsServer(settings);
    const { servers } = server;
    // An inbox prefix of its own: with NATS permissions no service can read another's replies.
    const inboxPrefix = `_INBOX_${service}`;
    const waiting = setInterval(
      () => logger.warn({ servers, err: lastFailure() }, 'waiting for NATS'),
      WAITING_MS,
    );
    try {
      const connection = await connectGathering({
        name: service,
        ...server,
        inboxPrefix,
        waitOnFirstConnect: true,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 100,
        pingInterval: 5_000,
        maxPingOut: 2,
        timeout: 2_000,
        ignoreAuthErrorAbort: true,
      });
      return new NatsClient(connection, inboxPrefix, logger, settings.PATCHBAY_NATS_REPLICAS ?? 1);
    } finally {
      clearInterval(waiting);
    }
  }

  get connected(): boolean {
    return this.isConnected && !this.connection.isClosed();
  }

  /** Throws `unavailable` when the connection is away. */
  requireConnected(): void {
    if (!this.connected) {
      throw new AppError('unavailable', 'The message bus is not reachable.', {
        suggestion: 'Try again in a moment.',
      });
    }
  }

  /**
   * Sends a request and waits for its reply.
   * @throws AppError `unavailable` as soon as the connection is away; NoRespondersError, TimeoutError
   */
  async ask(question: Question): Promise<Msg> {
    this.requireConnected();
    return this.replies.ask(question);
  }

  /**
   * Resolves once the server knows of every subscription. A connection that breaks meanwhile is waited for: it tells the server
   * all of them again when it is back.
   */
  async flush(): Promise<void> {
    for (;;) {
      try {
        return await this.connection.flush();
      } catch (error) {
        if (this.connection.isClosed()) throw error;
      }
    }
  }

  /** The connection was lost, perhaps for a moment only. */
  onLost(listener: () => void): void {
    this.lostListeners.add(listener);
  }

  /** Events published while the connection was away were missed: caches are emptied here. */
  onReturn(listener: () => void): void {
    this.returnListeners.add(listener);
  }

  /**
   * Receives the events of a subject from now on, on this replica; earlier ones are not repeated. Resolves when the
   * subscription is active.
   */
  async subscribe(
    subject: string,
    listener: (subject: string, event: unknown) => void,
  ): Promise<{ unsubscribe(): void }> {
    const subscription = this.connection.subscribe(subject, {
      callback: (error, message) => {
        // It comes without a message, and the connection's status tells of it.
        if (error) return;
        for (const event of readEvents(message)) listener(message.subject, event);
      },
    });
    await this.connection.flush();
    return { unsubscribe: () => subscription.unsubscribe() };
  }

  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    // Draining needs a server; without one there is nothing left to send.
    await (this.connected ? this.connection.drain() : this.connection.close());
    this.replies.endAll(lost());
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.isConnected = false;
        this.logger.warn('lost the connection to NATS');
        this.replies.endAll(lost());
        for (const listener of this.lostListeners) listener();
      } else if (status.type === 'reconnect') {
        this.isConnected = true;
        this.logger.info('connected to NATS again');
        for (const listener of this.returnListeners) listener();
      } else if (status.type === 'error') {
        this.logger.error({ err: status.error }, 'NATS reported an error');
        const { error } = status;
        if (error instanceof errors.PermissionViolationError) this.replies.endAll(error, error.subject);
      }
    }
  }
}

/** The message may have been taken by its service before the connection broke. */
function lost(): AppError {
  return new AppError('unavailable', 'The message bus was lost during the request.', { retryable: false });
}
