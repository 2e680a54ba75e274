import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type CodeOutcome, type CommandOutcome, type runCode, type runCommand } from '@patchbay/contracts';
import type { FileStorage } from '@patchbay/files';
import type { z } from 'zod';
import { CellAnswer, CommandAnswer } from '../agent/index.js';
import type { WorkbenchConfig } from '../config.js';
import { limitsOf } from '../sandbox/index.js';
import { CONFIG, STORAGE } from '../settings.module.js';
import { Checkpoints, type LiveWorkspace, WorkspacesService } from '../workspaces/index.js';
import { toCodeOutcome, toCommandOutcome, type RunContext } from './outcomes.js';
import type { Forwarded, RunRequest } from './run.js';
import { RunsService } from './runs.service.js';
import { outcomeOfCell, outcomeOfCommand, timedRun } from './timed-run.js';

/** The agent interrupts at the limit and kills a little later; one that does neither is broken, and its sandbox is ended. */
const AGENT_GRACE_MS = 15_000;
const LINK_SECONDS = 60 * 60;

/** Code and commands of sessions whose sandbox is, or may be, on this replica; otherwise it throws `RunsElsewhere`. */
@Injectable()
export class ExecutionService {
  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly workspaces: WorkspacesService,
    private readonly checkpoints: Checkpoints,
    private readonly runs: RunsService,
  ) {}

  runCode(input: RunRequest<typeof runCode>): Promise<CodeOutcome> {
    const { code } = input;
    const run = () =>
      this.inSandbox(input, async (workspace) => {
        const answer = await timedRun('code', outcomeOfCell, () =>
          this.ask(workspace, 'cell', { code }, CellAnswer),
        );
        const context = await this.finish(workspace);
        const pictures = 'pictures' in answer ? await this.linkAll(workspace, answer.pictures) : [];
        return toCodeOutcome(answer, pictures, context);
      });
    return this.runs.join(input, 'code', code, run);
  }

  runCommand(input: RunRequest<typeof runCommand>): Promise<CommandOutcome> {
    const { command } = input;
    const run = () =>
      this.inSandbox(input, async (workspace) => {
        const answer = await timedRun('command', outcomeOfCommand, () =>
          this.ask(workspace, 'bash', { command }, CommandAnswer),
        );
        return toCommandOutcome(answer, await this.finish(workspace));
      });
    return this.runs.join(input, 'command', command, run);
  }

  private async inSandbox<T>(
    { session, logId, context }: Pick<RunRequest<Forwarded>, 'session' | 'logId' | 'context'>,
    work: (workspace: LiveWorkspace) => Promise<T>,
  ): Promise<T> {
    const workspace = await this.workspaces.get(session);
    try {
      return await workspace.enqueueRun(async () => {
        const { proxyExecution } = session;
        workspace.run = { proxyExecution, logId, storePayloads: context.storePayloads };
        const [notice] = await Promise.all([workspace.mount.pull(), this.checkpoints.markStale(workspace)]);
        workspace.note(notice);
        return await work(workspace);
      });
    } finally {
      this.checkpoints.schedule(workspace);
    }
  }

  private ask<S extends z.ZodType>(
    { agent }: LiveWorkspace,
    work: string,
    given: Record<string, unknown>,
    schema: S,
  ): Promise<z.output<S>> {
    const limitMs = this.config.PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS * 1000;
    return agent.request(work, { ...given, limitMs }, schema, limitMs + AGENT_GRACE_MS);
  }

  /** Files are stored before the answer goes out, so that a caller who has the answer finds them. */
  private async finish(workspace: LiveWorkspace): Promise<RunContext> {
    workspace.note(await workspace.mount.push());
    return {
      limitSeconds: this.config.PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS,
      memoryBytes: limitsOf(workspace.size, this.config).memoryBytes,
      sandboxId: workspace.agent.sandbox.id,
      notice: workspace.takeNotices(),
    };
  }

  private async linkAll({ mount }: LiveWorkspace, paths: string[]): Promise<CodeOutcome['pictures']> {
    const links = paths.map(async (path) => {
      const key = mount.keyOf(path);
      if (!key || !(await this.storage.stat(key))) return [];
      const { url, expiresAt } = await this.storage.downloadUrl(key, {
        expiresInSeconds: LINK_SECONDS,
        filename: basename(path),
        mimetype: 'image/png',
      });
      return [{ path, url, expiresAt: expiresAt.toISOString() }];
    });
    return (await Promise.all(links)).flat();
  }
}
