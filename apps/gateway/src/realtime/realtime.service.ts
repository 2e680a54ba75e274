import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Drain, gauge, LOGGER, refusals, Sweep, type Logger } from '@patchbay/service';
import { WebSocketServer, type WebSocket } from 'ws';
import { LastingCredentials } from '../authentication/index.js';
import { ClientAddress } from '../http/index.js';
import { RateLimits } from '../limits/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { TriggerEventFeed } from '../trigger-events/index.js';
import { CLOSE, protocolError } from './pusher.frames.js';
import { RealtimeConnection, type ConnectionSurroundings } from './realtime.connection.js';
import { RealtimeKeys } from './realtime-keys.service.js';
import { keyInAddress } from './realtime-address.js';

const BEAT_MS = 30_000;
const MAX_CONNECTIONS = 5_000;
/** A subscription with its signature is the longest that a client says. */
const MAX_MESSAGE_BYTES = 16 * 1024;
/** For a client to take leave. */
const LEAVE_MS = 1_000;

const connections = gauge({
  name: 'patchbay_realtime_connections',
  help: 'Clients of the Pusher protocol that are connected.',
});

/** The WebSocket endpoint of the Pusher protocol, on the gateway's own port (docs/triggers.md#realtime). */
@Injectable()
export class RealtimeService extends Sweep {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private readonly open = new Set<RealtimeConnection>();

  constructor(
    private readonly keys: RealtimeKeys,
    private readonly credentials: LastingCredentials,
    private readonly feed: TriggerEventFeed,
    private readonly longLivedResponses: LongLivedResponses,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    private readonly drain: Drain,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the heartbeat of realtime connections', BEAT_MS);
    drain.onDrain(async () => this.closeAll());
  }

  attachTo(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      // Until it is a WebSocket, nobody else hears of its errors.
      socket.on('error', () => socket.destroy());
      void this.upgrade(request, socket, head);
    });
  }

  protected async round(): Promise<void> {
    for (const connection of this.open) connection.beat();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      await this.requirePlace(request);
    } catch (error) {
      return refuse(socket, error);
    }
    this.server.handleUpgrade(request, socket, head, (webSocket) =>
      this.accept(webSocket, socket, keyInAddress(request.url)),
    );
  }

  private async requirePlace(request: IncomingMessage): Promise<void> {
    await this.limits.consume('anonymous', this.addresses.of(request));
    if (this.drain.isDraining) throw new AppError('unavailable', 'This replica of the gateway is stopping.');
    if (this.open.size < MAX_CONNECTIONS) return;
    refusals.inc({ limit: 'streams' });
    throw new AppError('unavailable', 'Too many clients are connected already.');
  }

  private accept(webSocket: WebSocket, socket: Duplex, key: string): void {
    webSocket.on('error', () => webSocket.terminate());
    const credential = this.keys.credentialOf(key);
    if (!credential) {
      webSocket.send(protocolError(CLOSE.unknownKey, 'There is no such application key.'));
      return webSocket.close(CLOSE.unknownKey);
    }
    const connection = new RealtimeConnection(webSocket, key, credential, this.surroundingsOf(socket));
    this.open.add(connection);
    connections.set(this.open.size);
    webSocket.once('close', () => {
      this.open.delete(connection);
      connections.set(this.open.size);
    });
    connection.open();
  }

  private surroundingsOf(socket: Duplex): ConnectionSurroundings {
    return {
      check: (credential) => this.credentials.requireToRead(credential, 'triggers'),
      isAuthorized: (...given) => this.keys.isAuthorized(...given),
      watch: async (projectId, send, end) => {
        const { join, leave } = this.feed.open(projectId, { send, end });
        try {
          await join();
          return leave;
        } catch (error) {
          leave();
          throw error;
        }
      },
      hold: (credential, end) => {
        const recheck = () => this.credentials.requireToRead(credential, 'triggers');
        const { keyId, projectId } = credential;
        this.longLivedResponses.holdAs({ keyId, recheck }, { response: socket, projectId, end });
      },
    };
  }

  private closeAll(): void {
    for (const connection of this.open) connection.close(CLOSE.again, 'The gateway is stopping.');
    setTimeout(() => {
      for (const client of this.server.clients) client.terminate();
    }, LEAVE_MS).unref();
  }
}

/** Before there is a WebSocket, a refusal is an answer of HTTP. */
function refuse(socket: Duplex, error: unknown): void {
  const isTooMuch = error instanceof AppError && error.code === 'rate_limited';
  const status = isTooMuch ? '429 Too Many Requests' : '503 Service Unavailable';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\nretry-after: 1\r\n\r\n`);
}
