import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, type WorkbenchSession } from '@patchbay/contracts';
import { homeKey, sessionFolder, sessionsFolder, type FileStorage } from '@patchbay/files';
import { beforeScrape, LOGGER, type Logger } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import { HelpersService } from '../helpers/helpers.service.js';
import type { SandboxDriver } from '../sandbox/sandbox.js';
import { CONFIG, DRIVER, STORAGE } from '../tokens.js';
import { Archives } from './archives.service.js';
import { bringBack } from './bring-back.js';
import { HomeArchive } from './home.archive.js';
import { LEASE_SECONDS, Leases, type Claimed } from './leases.service.js';
import { LiveWorkspace } from './live.workspace.js';
import { MountSync } from './mount.sync.js';
import { Places } from './places.js';
import { sandboxEnds, sandboxes, sandboxPlaces } from './sandbox.metrics.js';
import { WarmPool } from './warm-pool.js';

const KEEP_EVERY_MS = (LEASE_SECONDS * 1000) / 3;
const KEY_BYTES = 32;
/** A service has 15 seconds to stop, and has to answer what is under way after this. */
const STOP_LIMIT_MS = 8_000;

/** What was kept of it took the sandbox with it: better none of it than no sandbox. */
const WITHOUT_ARCHIVE: Claimed = { before: 'lost', hasArchive: false, lost: {} };

/** Another replica runs the session's sandbox. */
export class RunsElsewhere extends Error {
  constructor(readonly replica: string) {
    super('The sandbox runs on another replica');
  }
}

/** The sandboxes of this replica: started when needed, put away when idle, one a session. */
@Injectable()
export class WorkspacesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly live = new Map<string, LiveWorkspace>();
  private readonly starting = new Map<string, { projectId: string; workspace: Promise<LiveWorkspace> }>();
  private readonly places: Places;
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
    this.places = new Places(most, config.PATCHBAY_WORKBENCH_PROJECT_SHARE);
    sandboxPlaces.set(most);
    beforeScrape(() => sandboxes.set({ state: 'running' }, this.live.size));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.driver.tidy();
    const idleMs = this.config.PATCHBAY_WORKBENCH_IDLE_SECONDS * 1000;
    this.timer = setInterval(() => void this.keep(), Math.min(KEEP_EVERY_MS, idleMs));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.allSettled([...this.starting.values()].map(({ workspace }) => workspace));
    const workspaces = [...this.live.values()];
    const limit = new AbortController();
    await Promise.race([
      Promise.all(workspaces.map((workspace) => this.putAway(workspace))),
      delay(STOP_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
    // What is still busy would hold the service back; its next life says that variables are lost.
    await Promise.all(workspaces.map(({ agent }) => agent.sandbox.stop()));
  }

  /**
   * The session's sandbox, started or brought back if need be.
   * @throws RunsElsewhere
   */
  async get(session: WorkbenchSession): Promise<LiveWorkspace> {
    const there = this.live.get(session.id);
    if (there?.leaving) await there.leaving;
    else if (there && there.size !== session.sandboxSize) await this.putAway(there);
    else if (there && !there.agent.isGone) return there;
    if (this.stopping)
      throw new AppError('unavailable', 'The workbench is being restarted.', {
        suggestion: 'Try again in a moment: files under /mnt/files are kept.',
      });
    const under = this.starting.get(session.id);
    if (under) return under.workspace;
    const workspace = this.start(session).finally(() => this.starting.delete(session.id));
    this.starting.set(session.id, { projectId: session.projectId, workspace });
    return workspace;
  }

  /** The session is gone: its files and what is known of it go too. */
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

  /** @returns whether there were any: what was kept of them last may have come after their files were removed */
  private async end(isMeant: (session: LiveWorkspace['session']) => boolean): Promise<boolean> {
    const meant = [...this.live.values()].filter(({ session }) => isMeant(session));
    for (const workspace of meant) {
      this.live.delete(workspace.session.id);
      sandboxEnds.inc({ reason: 'deleted' });
      await workspace.agent.sandbox.stop();
      // A checkpoint that was just being made fails by that, or is done now.
      await workspace.afterAll(() => Promise.resolve());
    }
    return meant.length > 0;
  }

  private async start(session: WorkbenchSession): Promise<LiveWorkspace> {
    await this.makeRoom(session.projectId);
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
    const mayBeWarm = this.places.mayTakeWarm(projectId, [...this.live.values()]);
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
      workspace.isArchiveCurrent = claimed.before === 'stored' || claimed.before === 'kept';
      workspace.note(await bringBack(archive, claimed, this.logger));
      return workspace;
    } catch (error) {
      await agent.sandbox.stop();
      await this.leases.abandon(workspace.held);
      throw error;
    }
  }

  private async makeRoom(projectId: string): Promise<void> {
    const starting = [...this.starting.values()].map((start) => start.projectId);
    const leaver = this.places.makeRoom(projectId, [...this.live.values()], starting);
    if (leaver) await this.putAway(leaver);
  }

  private putAway(workspace: LiveWorkspace): Promise<void> {
    workspace.leaving ??= this.save(workspace).finally(() => {
      if (this.live.get(workspace.session.id) === workspace) this.live.delete(workspace.session.id);
    });
    return workspace.leaving;
  }

  private async save(workspace: LiveWorkspace): Promise<void> {
    const { session, agent, mount } = workspace;
    try {
      await workspace.inTurn(async () => {
        await mount.push();
        await this.leases.store(workspace.held, await this.archives.save(workspace));
      });
      sandboxEnds.inc({ reason: 'put_away' });
    } catch (error) {
      sandboxEnds.inc({ reason: 'not_saved' });
      this.logger.warn({ err: error, sessionId: session.id }, 'a sandbox could not be put away whole');
      await this.leases.abandon(workspace.held, whyNot(error)).catch(() => undefined);
    } finally {
      await agent.sandbox.stop();
    }
  }

  private onGone(workspace: LiveWorkspace, reason: string): void {
    const { id } = workspace.session;
    if (workspace.leaving || this.live.get(id) !== workspace) return;
    this.live.delete(id);
    sandboxEnds.inc({ reason: 'lost' });
    this.logger.warn({ sessionId: id, reason }, 'a sandbox was lost');
    this.leases.abandon(workspace.held).catch((error: unknown) => {
      this.logger.warn({ err: error, sessionId: id }, 'the lease of a lost sandbox runs until its end');
    });
  }

  /** Renews the leases, puts away what is idle, and ends what has become another replica's. */
  private async keep(): Promise<void> {
    const idleMs = this.config.PATCHBAY_WORKBENCH_IDLE_SECONDS * 1000;
    for (const workspace of this.live.values()) {
      if (workspace.isIdle && !workspace.leaving && Date.now() - workspace.lastUsed >= idleMs) {
        void this.putAway(workspace);
      }
    }
    try {
      const taken = await this.leases.renew([...this.live.keys()]);
      this.renewedAt = Date.now();
      for (const id of taken) await this.drop(id, 'another replica took it over');
    } catch (error) {
      this.logger.warn({ err: error }, 'the leases of the sandboxes could not be renewed');
      if (Date.now() - this.renewedAt < LEASE_SECONDS * 1000) return;
      // By now another replica may run them: two of one session must never be.
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

/** What the session is told of its variables when they are asked for again. */
function whyNot(error: unknown): Record<string, string> {
  return error instanceof AppError ? { 'all variables': error.message.slice(0, 200) } : {};
}
