import type { Socket } from 'node:net';
import { AppError } from '@patchbay/contracts';
import { TokenBucket } from '@patchbay/service';
import { z } from 'zod';
import { ProtocolError } from '../../agent/index.js';
import { stdioTunnels } from '../stdio.metrics.js';
import { HostRefused, type Dial } from './hosts.js';

const MEGABYTE = 1024 * 1024;
/** As the sandbox's proxy has them. */
const MAX_TUNNELS = 32;
const WINDOW_BYTES = MEGABYTE / 4;
/** Of one connection, in both directions together. */
const MAX_BYTES = 256 * MEGABYTE;
const SILENCE_MS = 60_000;
const LIFE_MS = 10 * 60_000;
/** Of all connections of a process. */
const RATE = { perSecond: 16 * MEGABYTE, burst: 32 * MEGABYTE };

const Tunnel = z.int().positive();
export const TunnelFrame = z.union([
  z.strictObject({ tunnel: Tunnel, open: z.string().max(400) }),
  z.strictObject({ tunnel: Tunnel, data: z.base64().max(64 * 1024) }),
  z.strictObject({
    tunnel: Tunnel,
    taken: z
      .int()
      .positive()
      .max(2 * WINDOW_BYTES),
  }),
  z.strictObject({ tunnel: Tunnel, end: z.literal(true) }),
]);
export type TunnelFrame = z.infer<typeof TunnelFrame>;

interface Open {
  socket: Socket;
  isOpen: boolean;
  /** Sent to the program, and not read by it. */
  unread: number;
  bytes: number;
  life: NodeJS.Timeout;
}

/** The workbench's ends of the connections that a program has: bounded in number, bytes and time. */
export class Tunnels {
  private readonly open = new Map<number, Open>();
  private readonly rate = new TokenBucket(RATE.perSecond, RATE.burst);
  private opened = 0;

  constructor(
    private readonly dial: Dial,
    private readonly send: (frame: Record<string, unknown>) => void,
  ) {}

  take(frame: TunnelFrame): void {
    if ('open' in frame) return this.begin(frame.tunnel, frame.open);
    // What is still on its way to one that has ended is dropped.
    const tunnel = this.open.get(frame.tunnel);
    if (!tunnel) return;
    if ('data' in frame) return this.write(frame.tunnel, tunnel, Buffer.from(frame.data, 'base64'));
    if ('end' in frame) return this.end(frame.tunnel, false);
    tunnel.unread = Math.max(0, tunnel.unread - frame.taken);
    if (tunnel.unread < WINDOW_BYTES && tunnel.isOpen) tunnel.socket.resume();
  }

  /** The program is gone. */
  close(): void {
    for (const number of this.open.keys()) this.end(number, false);
  }

  private begin(number: number, target: string): void {
    if (number <= this.opened || this.open.size >= MAX_TUNNELS) {
      throw new ProtocolError('it sent what is not in the protocol');
    }
    this.opened = number;
    let socket: Socket;
    try {
      socket = this.dial(target);
    } catch (error) {
      if (!(error instanceof HostRefused)) throw error;
      return this.refuse(number, error.message, true);
    }
    const life = setTimeout(() => socket.destroy(new Error('the connection was open for too long')), LIFE_MS);
    const tunnel: Open = { socket, isOpen: false, unread: 0, bytes: 0, life };
    this.open.set(number, tunnel);
    socket.once('connect', () => {
      stdioTunnels.inc({ outcome: 'opened' });
      tunnel.isOpen = true;
      socket.setTimeout(SILENCE_MS, () => socket.destroy());
      this.send({ tunnel: number, opened: true });
    });
    socket.on('data', (data) => void this.read(number, tunnel, data));
    socket.on('error', (error) => {
      if (tunnel.isOpen || !this.open.has(number)) return;
      this.forget(number, tunnel);
      this.refuse(number, reasonOf(error, target), error instanceof AppError);
    });
    socket.on('close', () => this.end(number, true));
  }

  private refuse(tunnel: number, refused: string, isForbidden: boolean): void {
    stdioTunnels.inc({ outcome: isForbidden ? 'refused' : 'failed' });
    this.send({ tunnel, refused, isForbidden });
  }

  private async read(number: number, tunnel: Open, data: Buffer): Promise<void> {
    tunnel.socket.pause();
    // Larger pieces than a frame may have are cut.
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      tunnel.unread += piece.length;
      this.send({ tunnel: number, data: piece.toString('base64') });
    }
    if (!this.count(tunnel, data.length)) return;
    await this.rate.take(data.length);
    if (tunnel.unread < WINDOW_BYTES) tunnel.socket.resume();
  }

  private write(number: number, tunnel: Open, data: Buffer): void {
    if (!tunnel.isOpen) throw new ProtocolError('it sent what is not in the protocol');
    if (!this.count(tunnel, data.length)) return;
    // Told when it has left, so that no more than a window waits here.
    tunnel.socket.write(data, () => {
      if (this.open.has(number)) this.send({ tunnel: number, taken: data.length });
    });
    if (tunnel.socket.writableLength > 2 * WINDOW_BYTES) {
      throw new ProtocolError('it sent more than its window');
    }
  }

  private count(tunnel: Open, bytes: number): boolean {
    tunnel.bytes += bytes;
    if (tunnel.bytes <= MAX_BYTES) return true;
    tunnel.socket.destroy();
    return false;
  }

  private end(number: number, isTold: boolean): void {
    const tunnel = this.open.get(number);
    if (!tunnel) return;
    this.forget(number, tunnel);
    if (isTold) this.send({ tunnel: number, end: true });
  }

  private forget(number: number, { socket, life }: Open): void {
    this.open.delete(number);
    clearTimeout(life);
    socket.destroy();
  }
}

const PIECE_BYTES = 48 * 1024;

/** Of the network's own words nothing but the code: they name addresses that the program need not know. */
function reasonOf(error: NodeJS.ErrnoException, target: string): string {
  if (error instanceof AppError) return error.message;
  return `${target} could not be reached${error.code ? ` (${error.code})` : ''}`;
}
