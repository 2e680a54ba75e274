import { Inject, Injectable } from '@nestjs/common';
import { AppError, MAX_STDIO_MESSAGE_BYTES, type StdioProgram } from '@patchbay/contracts';
import { AddressPolicy, timed } from '@patchbay/service';
import { nodeFor, PackagesService } from '../../stdio-packages/index.js';
import { BOOT_PROGRAM, firstLine } from '../../agent/index.js';
import type { WorkbenchConfig } from '../../config.js';
import { limitsOf, type SandboxDriver } from '../../sandbox/index.js';
import { CONFIG, DRIVER } from '../../settings.module.js';
import { stdioStarts } from '../stdio.metrics.js';
import { dialTo } from './hosts.js';
import { launchOf, PROXY_PORT } from './program.js';
import { StdioAgent } from './stdio.agent.js';
import type { StdioProcess } from './stdio.process.js';

const OPEN_FILES = 512;
const START_LIMIT_MS = 30_000;

/** Starts programs in sandboxes of their own. */
@Injectable()
export class ProcessStarter {
  private readonly policy: AddressPolicy;
  private node: Promise<string> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(DRIVER) private readonly driver: SandboxDriver,
    private readonly packages: PackagesService,
  ) {
    this.policy = new AddressPolicy(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS);
  }

  /** @throws AppError as `openStdio` says */
  start(process: StdioProcess, program: StdioProgram): Promise<StdioAgent> {
    return timed(stdioStarts, {}, () => this.make(process, program));
  }

  private async make({ owner, conversation }: StdioProcess, given: StdioProgram): Promise<StdioAgent> {
    const { allowed, installed } = this.packages.get(given);
    this.node ??= nodeFor(this.packages.root);
    const { program, home, mounts } = launchOf(given, installed, {
      node: await this.node,
      python: this.config.PATCHBAY_WORKBENCH_PYTHON,
    });
    const limits = limitsOf('standard', this.config);
    const settings = {
      home,
      program,
      proxyPort: PROXY_PORT,
      mostBytes: MAX_STDIO_MESSAGE_BYTES,
      limits: { ...limits, openFiles: OPEN_FILES },
    };
    try {
      const sandbox = await this.driver.start(limits, BOOT_PROGRAM, mounts);
      const dial = dialTo(allowed.hosts, owner.toolkit, this.policy);
      const agent = new StdioAgent(sandbox, firstLine(settings, 'stdio_agent'), dial, (text) =>
        conversation.take(text),
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

async function started(agent: StdioAgent): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it did not answer in time')), START_LIMIT_MS);
  });
  const lost = agent.gone.then(({ reason }) => Promise.reject(new Error(reason)));
  try {
    await Promise.race([agent.started, lost, limit]);
  } catch (error) {
    await agent.stop('it did not start');
    throw error;
  } finally {
    clearTimeout(timer);
    lost.catch(() => undefined);
  }
}
