import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  AppError,
  type exchangeStdio,
  type InputOf,
  type openStdio,
  type OutputOf,
  type StdioLine,
  type StdioOwner,
  type StdioProgram,
} from '@patchbay/contracts';
import { beforeScrape, Drain, LOGGER, type Logger } from '@patchbay/service';
import { PackagesService } from '../stdio-packages/index.js';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { LEASE_SECONDS, RunsElsewhere, SandboxSlots } from '../workspaces/index.js';
import { ENDS, Endings, type End } from './process/endings.js';
import { fingerprintOf, keyOf } from './process/owner-key.js';
import { ProcessStarter } from './process/process.starter.js';
import { redact } from './process/redact.js';
import type { Ending } from './process/stdio.agent.js';
import { lostProcess, StdioProcess } from './process/stdio.process.js';
import { StdioLeases } from './stdio-leases.service.js';
import { stdioEnds, stdioPlaces, stdioProcesses } from './stdio.metrics.js';

const MAINTENANCE_MS = (LEASE_SECONDS * 1000) / 3;
interface Starting {
  owner: StdioOwner;
  /** False when its owner was removed meanwhile. */
  isWanted: boolean;
}

/** The MCP servers that run as programs of this replica, one an owner. */
@Injectable()
export class ProcessesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly live = new Set<StdioProcess>();
  private readonly starting = new Map<Starting, Promise<StdioProcess>>();
  /** Work on one owner's process is done one at a time. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly endings = new Endings();
  private readonly slots: SandboxSlots;
  private timer: NodeJS.Timeout | undefined;
  private renewedAt = Date.now();
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly packages: PackagesService,
    private readonly starter: ProcessStarter,
    private readonly leases: StdioLeases,
    drain: Drain,
  ) {
    const most = config.PATCHBAY_STDIO_MAX_PROCESSES;
    this.slots = new SandboxSlots(most, config.PATCHBAY_WORKBENCH_PROJECT_SHARE, {
      things: 'programs of MCP servers',
      setting: 'PATCHBAY_STDIO_MAX_PROCESSES',
    });
    stdioPlaces.set(most);
    beforeScrape(() => stdioProcesses.set({}, this.live.size));
    drain.onDrain(async () => this.beginStop());
  }

  onApplicationBootstrap(): void {
    if (this.packages.refusal() !== null) return;
    const idleMs = this.config.PATCHBAY_STDIO_IDLE_SECONDS * 1000;
    this.timer = setInterval(() => void this.maintain(), Math.min(MAINTENANCE_MS, idleMs));
  }

  async onModuleDestroy(): Promise<void> {
    this.beginStop();
    clearInterval(this.timer);
    await Promise.allSettled(this.starting.values());
    await this.endAll(() => true, 'stopped');
  }

  /**
   * The owner's process, started if need be.
   * @throws RunsElsewhere; AppError as `openStdio` says
   */
  async open({ owner, program }: InputOf<typeof openStdio>): Promise<OutputOf<typeof openStdio>> {
    this.packages.get(program);
    const key = owner.isAlone ? null : keyOf(owner);
    const process =
      key === null ? await this.start(null, owner, program) : await this.join(key, owner, program);
    const { conversation, id: processId } = process;
    process.lastUsed = Date.now();
    return {
      line: { replica: this.leases.replica, processId, line: conversation.addLine() },
      idleSeconds: this.config.PATCHBAY_STDIO_IDLE_SECONDS,
    };
  }

  /** @throws AppError as `exchangeStdio` says */
  async exchange({
    line: { processId, line: lineId },
    send,
    awaits,
    waitMs,
  }: InputOf<typeof exchangeStdio>): Promise<OutputOf<typeof exchangeStdio>> {
    const process = this.byId(processId);
    const line = process?.conversation.line(lineId);
    if (!process || !line || process.isGone) {
      throw lostProcess(process?.ending ?? this.endings.of(processId), send !== null);
    }
    return process.exchange(line, { send, awaits, waitMs }, () => this.stopping);
  }

  async close({ processId, line }: StdioLine): Promise<void> {
    const process = this.byId(processId);
    if (process && process.conversation.removeLine(line) === 0) await this.end(process, 'closed');
  }

  /** Ends the processes of a session, an account, a toolkit or a project that is gone, on whichever replica they are. */
  async endAll(matches: (owner: StdioOwner) => boolean, why: End = 'deleted'): Promise<void> {
    for (const starting of this.starting.keys()) if (matches(starting.owner)) starting.isWanted = false;
    await Promise.all(
      [...this.live].filter(({ owner }) => matches(owner)).map((process) => this.end(process, why)),
    );
  }

  /** With what runs already, or anew: one after the other, so that two never start it both. */
  private join(key: string, owner: StdioOwner, program: StdioProgram): Promise<StdioProcess> {
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(async () => {
        const current = [...this.live].find((process) => process.key === key);
        if (current && !current.isGone && current.fingerprint === fingerprintOf(program)) return current;
        if (current) await this.end(current, 'replaced');
        return this.start(key, owner, program);
      });
    this.turns.set(key, turn);
    const forget = () => {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  }

  private async start(key: string | null, owner: StdioOwner, program: StdioProgram): Promise<StdioProcess> {
    if (this.stopping) {
      throw new AppError('unavailable', 'The workbench is being restarted.', {
        suggestion: 'Try again in a moment.',
      });
    }
    const victim = this.slots.pickVictim(
      owner.projectId,
      [...this.live],
      [...this.starting.keys()].map((one) => one.owner.projectId),
    );
    const starting: Starting = { owner, isWanted: true };
    const started = this.startIn(starting, victim, key, program).finally(() =>
      this.starting.delete(starting),
    );
    this.starting.set(starting, started);
    return started;
  }

  private async startIn(
    starting: Starting,
    victim: StdioProcess | undefined,
    key: string | null,
    program: StdioProgram,
  ): Promise<StdioProcess> {
    const { owner } = starting;
    if (victim) await this.end(victim, 'place');
    const elsewhere = key === null ? undefined : await this.leases.claim(key);
    if (elsewhere !== undefined) throw new RunsElsewhere(elsewhere);
    const process = new StdioProcess(key, owner, fingerprintOf(program));
    try {
      process.agent = await this.starter.start(process, program);
    } catch (error) {
      await this.release(process);
      throw error;
    }
    this.live.add(process);
    const given = [...Object.values(program.environment), ...program.arguments];
    void process.agent.gone.then((ending) => this.onGone(process, ending, given));
    if (starting.isWanted) return process;
    await this.end(process, 'deleted');
    throw lostProcess(process.ending, true);
  }

  private onGone(process: StdioProcess, ending: Ending, given: readonly string[]): void {
    process.ending = { reason: ending.reason, words: redact(ending.words, given).trim() };
    this.endings.keep(process);
    process.conversation.wake();
    if (!this.live.delete(process)) return;
    stdioEnds.inc({ reason: 'lost' });
    const { toolkit, projectId } = process.owner;
    this.logger.warn({ toolkit, projectId, ...process.ending }, 'the program of an MCP server ended');
    void this.release(process);
  }

  private end(process: StdioProcess, why: End): Promise<void> {
    process.suspending ??= (async () => {
      if (this.live.delete(process)) stdioEnds.inc({ reason: why });
      process.ending ??= { reason: ENDS[why], words: '' };
      this.endings.keep(process);
      await process.agent.stop(ENDS[why]);
      process.conversation.wake();
      await this.release(process);
    })();
    return process.suspending;
  }

  private async release({ key }: StdioProcess): Promise<void> {
    if (key === null) return;
    await this.leases.release(key).catch((err: unknown) => {
      this.logger.warn({ err }, 'the lease of a program could not be released; it expires by itself');
    });
  }

  private byId(id: string): StdioProcess | undefined {
    return [...this.live].find((process) => process.id === id);
  }

  private beginStop(): void {
    this.stopping = true;
    for (const { conversation } of this.live) conversation.wake();
  }

  /** Ends what is idle, renews the leases, and ends what another replica has taken over. */
  private async maintain(): Promise<void> {
    const idleMs = this.config.PATCHBAY_STDIO_IDLE_SECONDS * 1000;
    for (const process of this.live) {
      if (process.isIdle && Date.now() - process.lastUsed >= idleMs) void this.end(process, 'idle');
    }
    const keys = [...this.live].flatMap(({ key }) => key ?? []);
    try {
      const taken = new Set(await this.leases.renew(keys));
      this.renewedAt = Date.now();
      await this.leases.removeExpired();
      for (const process of this.live) {
        if (process.key !== null && taken.has(process.key)) await this.end(process, 'taken_over');
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the leases of programs could not be renewed');
      if (Date.now() - this.renewedAt < LEASE_SECONDS * 1000) return;
      // By now another replica may run them.
      await this.endAll(({ isAlone }) => !isAlone, 'taken_over');
    }
  }
}
