import { randomInt } from 'node:crypto';
import { AppError } from '@patchbay/contracts';
import { refusals } from '@patchbay/service';
import type { RawData, WebSocket } from 'ws';
import type { LastingCredential } from '../access/index.js';
import type { PresentedEvent } from '../trigger-events/index.js';
import { isChannelOf } from './channels.js';
import {
  CLOSE,
  connectionEstablished,
  eventFrames,
  pong,
  protocolError,
  readFrame,
  readSubscription,
  readUnsubscription,
  subscriptionError,
  subscriptionSucceeded,
  type ClientFrame,
  type CloseCode,
} from './pusher.frames.js';

/** What a client may leave unread: some of the longest events. One that is slower would cost the gateway its memory. */
const MAX_UNREAD_BYTES = 2 * 1024 * 1024;
/** Messages of a client in a beat: it says something about once a minute. */
const MAX_MESSAGES = 60;
/** Beats of the heart without a sign of life. */
const MAX_SILENT_BEATS = 3;
/** Beats in which a connection may be in no channel: official clients enter theirs at once. */
const MAX_IDLE_BEATS = 2;
/** What a close frame has room for (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 120;
/** Each id has two numbers, so it cannot be guessed and no signature for it can be had in advance. */
const HIGHEST = 2 ** 48 - 1;

/** One event as it goes to subscribers. */
export type ChannelEvent = Pick<PresentedEvent, 'id' | 'text'>;

/** What a connection needs of the rest of the gateway. */
export interface ConnectionSurroundings {
  /** @throws AppError when the credential may not read events any more */
  check(credential: LastingCredential): Promise<void>;
  isAuthorized(auth: string, key: string, socketId: string, channel: string): boolean;
  /**
   * Sends the project's events, from when it resolves.
   * @returns ends it
   * @throws AppError `rate_limited` when the project has its share of watchers, `unavailable` when the process is full
   */
  watch(
    projectId: string,
    send: (event: ChannelEvent) => void,
    end: (reason: string) => void,
  ): Promise<() => void>;
  /** Has `end` called when the credential ends. */
  hold(credential: LastingCredential, end: (reason: string) => void): void;
}

/** A client of the Pusher protocol: what it says, what it is sent, and when it is cut off. */
export class RealtimeConnection {
  readonly socketId = `${randomInt(HIGHEST)}.${randomInt(HIGHEST)}`;
  private readonly channels = new Map<string, () => void>();
  private isHeld = false;
  private messages = 0;
  private silentBeats = 0;
  private idleBeats = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly key: string,
    private readonly credential: LastingCredential,
    private readonly surroundings: ConnectionSurroundings,
  ) {
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('pong', () => (this.silentBeats = 0));
    socket.once('close', () => this.leaveAll());
  }

  open(): void {
    this.send(connectionEstablished(this.socketId));
  }

  /** To be called every half a minute. */
  beat(): void {
    this.messages = 0;
    this.silentBeats += 1;
    this.idleBeats = this.channels.size === 0 ? this.idleBeats + 1 : 0;
    if (this.silentBeats > MAX_SILENT_BEATS) this.cutOff();
    else if (this.idleBeats > MAX_IDLE_BEATS)
      this.close(CLOSE.unauthorized, 'No channel was subscribed to in time.');
    else this.socket.ping();
  }

  close(code: CloseCode, reason: string): void {
    this.leaveAll();
    const text = Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString();
    this.send(protocolError(code, text));
    this.socket.close(code, text);
  }

  private take(data: RawData, isBinary: boolean): void {
    this.silentBeats = 0;
    this.messages += 1;
    if (this.messages > MAX_MESSAGES) {
      refusals.inc({ limit: 'realtime_messages' });
      return this.close(CLOSE.tooManyMessages, 'Too many messages were sent.');
    }
    const frame = isBinary ? undefined : readFrame(String(data as Buffer));
    if (frame) this.answer(frame);
    else this.send(protocolError(null, 'That is no message of the Pusher protocol.'));
  }

  private answer(frame: ClientFrame): void {
    if (frame.event === 'pusher:ping') this.send(pong());
    else if (frame.event === 'pusher:subscribe') void this.subscribe(frame);
    else if (frame.event === 'pusher:unsubscribe') this.leave(readUnsubscription(frame));
    else if (frame.event.startsWith('client-'))
      this.send(protocolError(null, 'Clients send no events here: the channel is for those of triggers.'));
  }

  private async subscribe(frame: ClientFrame): Promise<void> {
    const asked = readSubscription(frame);
    if (!asked) return this.send(protocolError(null, 'A subscription names its channel.'));
    const { channel, auth } = asked;
    if (!isChannelOf(this.credential.projectId, channel))
      return this.send(subscriptionError(channel, 403, 'The channel is not one of your project.'));
    if (!this.surroundings.isAuthorized(auth, this.key, this.socketId, channel))
      return this.send(subscriptionError(channel, 401, 'The signature is not one for this connection.'));
    try {
      await this.surroundings.check(this.credential);
      await this.enter(channel);
    } catch (error) {
      this.refuse(channel, error);
    }
  }

  private async enter(channel: string): Promise<void> {
    const leave = await this.surroundings.watch(
      this.credential.projectId,
      (event) => this.deliver(channel, event),
      (reason) => this.close(CLOSE.again, reason),
    );
    if (this.socket.readyState !== this.socket.OPEN) return leave();
    this.leave(channel);
    this.channels.set(channel, leave);
    this.send(subscriptionSucceeded(channel));
    if (this.isHeld) return;
    this.isHeld = true;
    this.surroundings.hold(this.credential, (reason) => this.close(CLOSE.unauthorized, reason));
  }

  private refuse(channel: string, error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal';
    const message = error instanceof AppError ? error.message : 'Something went wrong on our side.';
    if (code === 'rate_limited') this.close(CLOSE.tooManyOfProject, message);
    else if (code === 'unauthenticated' || code === 'forbidden')
      this.send(subscriptionError(channel, code === 'forbidden' ? 403 : 401, message));
    else this.close(CLOSE.full, message);
  }

  private deliver(channel: string, { id, text }: ChannelEvent): void {
    for (const frame of eventFrames(channel, id, text)) this.send(frame);
  }

  private send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_UNREAD_BYTES) {
      refusals.inc({ limit: 'slow_reader' });
      return this.cutOff();
    }
    this.socket.send(text);
  }

  /** Without a word: it would wait behind what the client does not read. */
  private cutOff(): void {
    this.leaveAll();
    this.socket.terminate();
  }

  private leave(channel: string | undefined): void {
    if (channel === undefined) return;
    this.channels.get(channel)?.();
    this.channels.delete(channel);
  }

  private leaveAll(): void {
    for (const channel of this.channels.keys()) this.leave(channel);
  }
}
