import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, type WorkbenchSession } from '@patchbay/contracts';
import { homeKey, sessionFolder, sessionsFolder, type FileStorage } from '@patchbay/files';
import { beforeScrape, LOGGER, type Logger } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import { HelpersService } from '../helpers/index.js';
import type { SandboxDriver } from '../sandbox/index.js';
import { CONFIG, DRIVER, STORAGE } from '../settings.module.js';
import { Archives } from './archives.service.js';
import { HomeArchive } from './home.archive.js';
import { LEASE_SECONDS, Leases, type Claimed } from './leases.service.js';
import { LiveWorkspace } from './live.workspace.js';
import { MountSync } from './mount.sync.js';
import { restoreHome } from './restore-home.js';
import { SandboxSlots } from './sandbox-slots.js';
import { sandboxEnds, sandboxes, sandboxPlaces } from './sandbox.metrics.js';
import { WarmPool } from './warm-pool.js';

const MAINTENANCE_MS = (LEASE_SECONDS * 1000) / 3;
const KEY_BYTES = 32;
/** A service has 15 seconds to stop, and still has to answer requests in progress after this. */
const STOP_LIMIT_MS = 8_000;

/** The sandbox died over its archive: it starts without, as otherwise it would never start. */
const WITHOUT_ARCHIVE: Claimed = { previous: 'lost', hasArchive: false, lost: {} };

/** Another replica runs the session's sandbox. */
export class RunsElsewhere extends Error {
  constructor(readonly replica: string) {
    super('The sandbox runs on another replica');
  }
}

/** The sandboxes of this replica, one a session: started when needed, suspended when idle. */
@Injectable()
export class WorkspacesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly live = new Map<string, LiveWorkspace>();
  private readonly starting = new Map<string, { projectId: string; workspace: Promise<LiveWorkspace> }>();
  private readonly slots: SandboxSlots;
  private timer: NodeJS.Timeout | undefined;
  private renewedAt = Date.now();
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(DRIVER) private readonly driver: SandboxDriver,
    @Inject(STORAGE) private readonly storage: FileStorage,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly leases: Leases,
    private readonly pool: WarmPool,
    private readonly helpers: HelpersService,
    private readonly archives: Archives,
  ) {
    const most = config.PATCHBAY_WORKBENCH_MAX_SANDBOXES;
    this.slots = new SandboxSlots(most, config.PATCHBAY_WORKBENCH_PROJECT_SHARE);
    sandboxPlaces.set(most);
    beforeScrape(() => sandboxes.set({ state: 'running' }, this.live.size));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.driver.tidy();
    const idleMs = this.config.PATCHBAY_WORKBENCH_IDLE_SECONDS * 1000;
    this.timer = setInterval(() => void this.maintain(), Math.min(MAINTENANCE_MS, idleMs));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.allSettled([...this.starting.values()].map(({ workspace }) => workspace));
    const workspaces = [...this.live.values()];
    const limit = new AbortController();
    await Promise.race([
      Promise.all(workspaces.map((workspace) => this.suspend(workspace))),
      delay(STOP_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
    // A busy sandbox would hold up the stop; the session's next call says that its variables are lost.
    await Promise.all(workspaces.map(({ agent }) => agent.sandbox.stop()));
  }

  /**
   * The session's sandbox, started or restored if need be.
   * @throws RunsElsewhere
   */
  async get(session: WorkbenchSession): Promise<LiveWorkspace> {
    const current = this.live.get(session.id);
    if (current?.suspending) await current.suspending;
    else if (current && current.size !== session.sandboxSize) await this.suspend(current);
    else if (current && !current.agent.isGone) return current;
    if (this.stopping)
      throw new AppError('unavailable', 'The workbench is being restarted.', {
        suggestion: 'Try again in a moment: files under /mnt/files are kept.',
      });
    const starting = this.starting.get(session.id);
    if (starting) return starting.workspace;
    const workspace = this.start(session).finally(() => this.starting.delete(session.id));
    this.starting.set(session.id, { projectId: session.projectId, workspace });
    return workspace;
  }

  /** Removes the files and the row of a deleted session. */
  async removeSession(projectId: string, sessionId: string): Promise<void> {
    await this.leases.forget({ sessionId });
    await this.storage.removeFolder(sessionFolder(projectId, sessionId));
  }

  async removeProject(projectId: string): Promise<void> {
    await this.leases.forget({ projectId });
    await this.storage.removeFolder(sessionsFolder(projectId));
  }

  /** Ends the session's sandbox if it runs here. */
  async endSession(projectId: string, sessionId: string): Promise<void> {
    if (await this.end((session) => session.id === sessionId)) {
      await this.removeSession(projectId, sessionId);
    }
  }

  async endProject(projectId: string): Promise<void> {
    if (await this.end((session) => session.projectId === projectId)) await this.removeProject(projectId);
  }

  /** @returns whether there were any: their last checkpoint may have been stored after their files were removed */
  private async end(matches: (session: LiveWorkspace['session']) => boolean): Promise<boolean> {
    const ending = [...this.live.values()].filter(({ session }) => matches(session));
    for (const workspace of ending) {
      this.live.delete(workspace.session.id);
      sandboxEnds.inc({ reason: 'deleted' });
      await workspace.agent.sandbox.stop();
      // A checkpoint in progress fails by that, or is finished now.
      await workspace.enqueue(() => Promise.resolve());
    }
    return ending.length > 0;
  }

  private async start(session: WorkbenchSession): Promise<LiveWorkspace> {
    await this.freeSlot(session.projectId);
    const claim = await this.leases.claim(session);
    if ('ownedBy' in claim) throw new RunsElsewhere(claim.ownedBy);
    try {
      let workspace = await this.open(session, claim.claimed);
      if (workspace.agent.isGone) workspace = await this.open(session, WITHOUT_ARCHIVE);
      this.live.set(session.id, workspace);
      void workspace.agent.gone.then((reason) => this.onGone(workspace, reason));
      return workspace;
    } catch (error) {
      await this.leases.abandon({ sessionId: session.id, sandboxId: null });
      throw error;
    }
  }

  private async open(session: WorkbenchSession, claimed: Claimed): Promise<LiveWorkspace> {
    const { projectId, id } = session;
    const mayBeWarm = this.slots.mayTakeWarm(projectId, [...this.live.values()]);
    const agent = await this.pool.take(session.sandboxSize, mayBeWarm);
    const maxBytes = this.config.PATCHBAY_WORKBENCH_DISK_MB * 1024 * 1024;
    const mount = new MountSync(agent, this.storage, session, maxBytes);
    const archive = new HomeArchive(agent, this.storage, homeKey(projectId, id), 2 * maxBytes);
    const workspace = new LiveWorkspace({ projectId, id }, session.sandboxSize, agent, mount, archive);
    try {
      const key = randomBytes(KEY_BYTES).toString('base64url');
      const sha256 = createHash('sha256').update(key).digest('hex');
      await this.leases.setKey(id, { sha256, sandboxId: agent.sandbox.id });
      agent.onHelper = (name, given) => this.helpers.call({ workspace, key }, name, given);
      workspace.isArchiveCurrent = claimed.previous === 'stored' || claimed.previous === 'checkpointed';
      workspace.note(await restoreHome(archive, claimed, this.logger));
      return workspace;
    } catch (error) {
      await agent.sandbox.stop();
      await this.leases.abandon(workspace.ref);
      throw error;
    }
  }

  private async freeSlot(projectId: string): Promise<void> {
    const starting = [...this.starting.values()].map((start) => start.projectId);
    const victim = this.slots.pickVictim(projectId, [...this.live.values()], starting);
    if (victim) await this.suspend(victim);
  }

  private suspend(workspace: LiveWorkspace): Promise<void> {
    workspace.suspending ??= this.save(workspace).finally(() => {
      if (this.live.get(workspace.session.id) === workspace) this.live.delete(workspace.session.id);
    });
    return workspace.suspending;
  }

  private async save(workspace: LiveWorkspace): Promise<void> {
    const { session, agent, mount } = workspace;
    try {
      await workspace.enqueueRun(async () => {
        await mount.push();
        await this.archives.save(workspace, (saved) => this.leases.store(workspace.ref, saved));
      });
      sandboxEnds.inc({ reason: 'put_away' });
    } catch (error) {
      sandboxEnds.inc({ reason: 'not_saved' });
      this.logger.warn(
        { err: error, sessionId: session.id },
        'a sandbox could not be suspended; its state is lost',
      );
      await this.leases.abandon(workspace.ref, lostBy(error)).catch(() => undefined);
    } finally {
      await agent.sandbox.stop();
    }
  }

  private onGone(workspace: LiveWorkspace, reason: string): void {
    const { id } = workspace.session;
    if (workspace.suspending || this.live.get(id) !== workspace) return;
    this.live.delete(id);
    sandboxEnds.inc({ reason: 'lost' });
    this.logger.warn({ sessionId: id, reason }, 'a sandbox was lost');
    this.leases.abandon(workspace.ref).catch((error: unknown) => {
      this.logger.warn(
        { err: error, sessionId: id },
        'the lease of a lost sandbox could not be released; it expires by itself',
      );
    });
  }

  /** Renews the leases, suspends what is idle, and ends what another replica has taken over. */
  private async maintain(): Promise<void> {
    const idleMs = this.config.PATCHBAY_WORKBENCH_IDLE_SECONDS * 1000;
    for (const workspace of this.live.values()) {
      if (workspace.isIdle && !workspace.suspending && Date.now() - workspace.lastUsed >= idleMs) {
        void this.suspend(workspace);
      }
    }
    try {
      const taken = await this.leases.renew([...this.live.keys()]);
      this.renewedAt = Date.now();
      for (const id of taken) await this.drop(id, 'another replica took it over');
    } catch (error) {
      this.logger.warn({ err: error }, 'the leases of the sandboxes could not be renewed');
      if (Date.now() - this.renewedAt < LEASE_SECONDS * 1000) return;
      // By now another replica may run them: a session must never have two.
      for (const id of this.live.keys()) await this.drop(id, 'its lease could not be renewed');
    }
  }

  private async drop(id: string, reason: string): Promise<void> {
    const workspace = this.live.get(id);
    if (!workspace) return;
    this.live.delete(id);
    sandboxEnds.inc({ reason: 'taken_over' });
    this.logger.warn({ sessionId: id, reason }, 'a sandbox was ended');
    await workspace.agent.sandbox.stop();
  }
}

/** What the session is told later about its variables. */
function lostBy(error: unknown): Record<string, string> {
  return error instanceof AppError ? { 'all variables': error.message.slice(0, 200) } : {};
}
