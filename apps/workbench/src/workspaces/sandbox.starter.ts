import { Inject, Injectable } from '@nestjs/common';
import { AppError, type SandboxSize } from '@patchbay/contracts';
import { timed } from '@patchbay/service';
import { AgentClient, BOOT_PROGRAM, firstLine } from '../agent/index.js';
import type { WorkbenchConfig } from '../config.js';
import { limitsOf, type SandboxDriver } from '../sandbox/index.js';
import { CONFIG, DRIVER } from '../settings.module.js';
import { MOUNT } from './mount.sync.js';
import { sandboxStarts } from './sandbox.metrics.js';

const HOME = '/home/user';
const OPEN_FILES = 512;
/** A pod takes longer than a process; the caller's own deadline ends before this. */
const START_LIMIT_MS = 120_000;

/** Starts sandboxes until their agent answers. They belong to no session yet. */
@Injectable()
export class SandboxStarter {
  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(DRIVER) private readonly driver: SandboxDriver,
  ) {}

  /** @throws AppError `unavailable` */
  start(size: SandboxSize): Promise<AgentClient> {
    return timed(sandboxStarts, {}, () => this.make(size));
  }

  private async make(size: SandboxSize): Promise<AgentClient> {
    const limits = limitsOf(size, this.config);
    try {
      const sandbox = await this.driver.start(limits, BOOT_PROGRAM);
      const agent = new AgentClient(
        sandbox,
        firstLine({
          home: HOME,
          folders: [`${MOUNT}/.composio/output`],
          environment: environmentOf(limits.cpus),
          limits: { ...limits, openFiles: OPEN_FILES },
        }),
        this.config.PATCHBAY_WORKBENCH_HELPER_CALLS_PER_SECOND,
      );
      await started(agent);
      return agent;
    } catch (cause) {
      throw new AppError('unavailable', `A sandbox could not be started: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
}

async function started(agent: AgentClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not answer in time')), START_LIMIT_MS);
  });
  const lost = agent.gone.then((reason) => Promise.reject(new Error(reason)));
  try {
    await Promise.race([agent.started, lost, limit]);
  } catch (error) {
    await agent.sandbox.stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function environmentOf(cpus: number): Record<string, string> {
  const threads = String(cpus);
  return {
    HOME,
    USER: 'user',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    MPLBACKEND: 'Agg',
    MPLCONFIGDIR: '/tmp/.matplotlib',
    PYTHONDONTWRITEBYTECODE: '1',
    // Linear algebra would start a thread for each processor of the host.
    OMP_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: threads,
  };
}
