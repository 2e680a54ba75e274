import { z } from 'zod';
import { TokenBucket } from '@patchbay/service';
import { Greeting, ProtocolError, readFrames, Ready } from '../../agent/index.js';
import type { Sandbox } from '../../sandbox/index.js';
import type { Dial } from './hosts.js';
import { TunnelFrame, Tunnels } from './tunnels.js';

const MEGABYTE = 1024 * 1024;
/** How fast a sandbox is read, tunnels included: what it says is parsed by this process, which has other work too. */
const READ = { perSecond: 16 * MEGABYTE, burst: 32 * MEGABYTE };
/** What the sandbox has not read of what it was sent. Its agent reads at once. */
const MAX_UNREAD_BYTES = 32 * MEGABYTE;
const MAX_WORDS = 20_000;

const Out = z.strictObject({ out: z.string() });
const Ended = z.strictObject({ ended: z.string().max(200), words: z.string().max(MAX_WORDS) });
const Frame = z.union([Out, TunnelFrame, Ended, Ready, Greeting]);
type Frame = z.infer<typeof Frame>;

/** How a program ended, and what it said last on its standard error. */
export interface Ending {
  reason: string;
  words: string;
}

/**
 * The workbench's end of the connection to a sandbox in which a program runs. What comes out of it is not trusted: what
 * is not in the protocol ends it.
 */
export class StdioAgent {
  private readonly tunnels: Tunnels;
  private ending: Ending | undefined;
  private isReady = false;
  private greetings = 0;
  private ready!: () => void;
  /** Settles when the program can be sent to. */
  readonly started: Promise<void>;
  /** Settles when the sandbox is gone, with all that was in it. */
  readonly gone: Promise<Ending>;

  /** @param onMessage given each line that the program says; what it throws as a ProtocolError ends the program */
  constructor(
    readonly sandbox: Sandbox,
    firstLine: string,
    dial: Dial,
    private readonly onMessage: (text: string) => void,
  ) {
    this.tunnels = new Tunnels(dial, (frame) => this.send(frame));
    this.started = new Promise((resolve) => {
      this.ready = resolve;
    });
    sandbox.input.on('error', () => undefined);
    sandbox.input.write(firstLine);
    const listening = this.listen();
    // What it said before it ended may still be in the pipe.
    this.gone = Promise.all([sandbox.ended, listening]).then(([reason]) => {
      this.tunnels.close();
      return this.end({ reason, words: '' });
    });
  }

  get isGone(): boolean {
    return this.ending !== undefined;
  }

  /** Sends the program a line. */
  give(text: string): void {
    this.send({ in: text });
  }

  /** Ends the program and everything in its sandbox. */
  async stop(reason: string): Promise<void> {
    this.end({ reason, words: '' });
    await this.sandbox.stop();
    await this.gone;
  }

  private send(frame: Record<string, unknown>): void {
    if (this.isGone) return;
    this.sandbox.input.write(`${JSON.stringify(frame)}\n`);
    if (this.sandbox.unread() > MAX_UNREAD_BYTES) this.disconnect('it does not read what it is sent');
  }

  private async listen(): Promise<void> {
    try {
      const rate = new TokenBucket(READ.perSecond, READ.burst);
      for await (const { frame } of readFrames(this.sandbox.output, rate, Frame)) {
        if (this.isGone) return;
        this.take(frame);
      }
    } catch (error) {
      this.disconnect(error instanceof ProtocolError ? error.message : 'its output could not be read');
    }
  }

  private take(frame: Frame): void {
    if ('out' in frame) return this.onMessage(frame.out);
    if ('tunnel' in frame) return this.tunnels.take(frame);
    if ('ended' in frame) return void this.end({ reason: frame.ended, words: frame.words });
    this.greetings += 1;
    if (this.isReady || this.greetings > 2) throw new ProtocolError('it sent what is not in the protocol');
    this.isReady = 'ready' in frame;
    if (this.isReady) this.ready();
  }

  private disconnect(reason: string): void {
    this.end({ reason, words: '' });
    void this.sandbox.stop();
  }

  /** The first reason is the one. */
  private end(ending: Ending): Ending {
    this.ending ??= ending;
    return this.ending;
  }
}
