import { Injectable } from '@nestjs/common';
import { runCommand, type CommandOutcome } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';
import { withNotice, workbenchSession } from './workbench-session.js';

const MAX_COMMAND_CHARACTERS = 100_000;

const input = z.object({
  command: z.string().min(1).max(MAX_COMMAND_CHARACTERS).describe('What bash runs.'),
  session_id: workflowId,
});

export const remoteBashDescription = {
  slug: 'COMPOSIO_REMOTE_BASH_TOOL',
  name: 'Run a command',
  description:
    'Runs a command in bash, in the sandbox and with the files of COMPOSIO_REMOTE_WORKBENCH. It begins in /home/user each time: nothing but files stays between calls. It has no network. Each call has 180 seconds. Good for looking at and cutting down large files: jq-like one-liners, grep, head, sort.',
  input,
  tags: ['destructiveHint', 'openWorldHint'],
};

@Injectable()
export class RemoteBash implements MetaTool<typeof input> {
  readonly about = remoteBashDescription;

  constructor(private readonly bus: Bus) {}

  async run(
    { command, session_id }: z.output<typeof input>,
    { session, logId, context }: MetaCall,
  ): Promise<MetaResult> {
    const outcome = await this.bus.request(runCommand, {
      session: workbenchSession(session),
      logId,
      command,
      context,
    });
    return { data: { ...present(outcome), ...workflowOf(session_id) }, error: outcome.error };
  }
}

/** A command that fails is a result like any other; its exit code is added to stderr. */
function present({ stdout, stderr, exitCode, notice, sandbox }: CommandOutcome) {
  const failed = exitCode === 0 ? [] : [`exit code ${exitCode}`];
  return {
    stdout: stdout.text,
    stdoutLines: stdout.lines,
    stderr: withNotice([stderr.text.trimEnd(), ...failed].filter(Boolean).join('\n'), notice),
    stderrLines: stderr.lines,
    ...(stdout.path && { stdout_file_path: stdout.path }),
    ...(stderr.path && { stderr_file_path: stderr.path }),
    sandbox_id_suffix: sandbox,
  };
}
