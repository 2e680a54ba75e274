import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, type StdioPackage } from '@patchbay/contracts';
import { LOGGER, timed, type Logger } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import type { SandboxDriver } from '../sandbox/index.js';
import { CONFIG, DRIVER } from '../settings.module.js';
import { packageName, type AllowedPackage } from './stdio.settings.js';
import { stdioInstalls } from './stdio-packages.metrics.js';
import { installPackage } from './install-package.js';
import { PackageStore, type InstalledPackage } from './package.store.js';

/** An index that is away comes back; an operator may also have installed it by hand meanwhile. */
const RETRY_MS = 60_000;

type State =
  | { state: 'installing' }
  | { state: 'failed'; reason: string }
  | { state: 'installed'; installed: InstalledPackage };
type Named = Pick<AllowedPackage, 'registryType' | 'identifier' | 'version'>;

/**
 * The packages of the operator's list: installed when the service starts, one after the other, while it does its other
 * work. Nothing is ever installed because a user asks for it.
 */
@Injectable()
export class PackagesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly store: PackageStore;
  private readonly states = new Map<string, State>();
  private readonly stopped = new AbortController();
  private installing: Promise<void> = Promise.resolve();
  private allTried!: () => void;
  private readonly tried = new Promise<void>((resolve) => {
    this.allTried = resolve;
  });

  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(DRIVER) private readonly driver: SandboxDriver,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.store = new PackageStore(config.PATCHBAY_STDIO_DIR);
    for (const wanted of config.PATCHBAY_STDIO_ALLOWED) {
      this.states.set(packageName(wanted), { state: 'installing' });
    }
  }

  get root(): string {
    return this.store.root;
  }

  onApplicationBootstrap(): void {
    if (this.refusal() === null) this.installing = this.installAll();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.installing;
  }

  /** Why no program is run here at all, for a developer; null where they are. */
  refusal(): string | null {
    if (this.states.size === 0)
      return 'MCP servers that are programs are not run here: the operator lists none in PATCHBAY_STDIO_ALLOWED.';
    if (this.driver.name === 'none')
      return 'MCP servers that are programs are not run here: the workbench is switched off (PATCHBAY_WORKBENCH_DRIVER=none).';
    if (!this.driver.canMount)
      return `MCP servers that are programs are not run by the workbench's driver ${this.driver.name}: it takes bubblewrap.`;
    return null;
  }

  list(): StdioPackage[] {
    return this.config.PATCHBAY_STDIO_ALLOWED.map((wanted) => {
      const state = this.states.get(packageName(wanted));
      const { registryType, identifier, version, hosts } = wanted;
      const reason = state?.state === 'failed' ? state.reason : null;
      return { registryType, identifier, version, hosts, state: state?.state ?? 'installing', reason };
    });
  }

  /**
   * A package that may be run.
   * @throws AppError as `openStdio` says
   */
  get(named: Named): { allowed: AllowedPackage; installed: InstalledPackage } {
    const refusal = this.refusal();
    if (refusal !== null) {
      throw new AppError('unavailable', refusal, {
        suggestion:
          'Add a server that has an address, or let the operator see docs/operating/stdio-servers.md.',
        retryable: false,
      });
    }
    const name = packageName(named);
    const allowed = this.config.PATCHBAY_STDIO_ALLOWED.find((one) => packageName(one) === name);
    const state = this.states.get(name);
    if (!allowed || !state) {
      throw new AppError('forbidden', `The operator does not let ${name} run here.`, {
        suggestion:
          'The operator lists what may be run in PATCHBAY_STDIO_ALLOWED, each package in one version.',
      });
    }
    if (state.state === 'installed') return { allowed, installed: state.installed };
    throw new AppError(
      'unavailable',
      state.state === 'failed' ? `${name} is not installed: ${state.reason}.` : `${name} is being installed.`,
      { suggestion: 'Try again in a minute.', retryable: true },
    );
  }

  /** Resolves when each package was looked at once. */
  async untilTried(): Promise<void> {
    await this.tried;
  }

  private async installAll(): Promise<void> {
    const { signal } = this.stopped;
    await this.store
      .tidy(2 * this.config.PATCHBAY_STDIO_INSTALL_SECONDS * 1000)
      .catch((err: unknown) =>
        this.logger.warn({ err }, 'what killed installations left could not be removed'),
      );
    while (!signal.aborted) {
      for (const wanted of this.config.PATCHBAY_STDIO_ALLOWED) {
        if (this.states.get(packageName(wanted))?.state !== 'installed') await this.install(wanted);
      }
      this.allTried();
      if ([...this.states.values()].every(({ state }) => state === 'installed')) return;
      await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async install(wanted: AllowedPackage): Promise<void> {
    const name = packageName(wanted);
    if (this.stopped.signal.aborted) return;
    try {
      const installed = await timed(stdioInstalls, {}, () =>
        installPackage(this.store, wanted, this.config, this.stopped.signal),
      );
      this.states.set(name, { state: 'installed', installed });
      this.logger.info({ package: name, digest: installed.digest }, 'a package is ready to be run');
    } catch (error) {
      if (this.stopped.signal.aborted) return;
      const reason = (error as Error).message.slice(0, 1_000);
      this.states.set(name, { state: 'failed', reason });
      this.logger.warn({ package: name, reason }, 'a package could not be installed');
    }
  }
}
