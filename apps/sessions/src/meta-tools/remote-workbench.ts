import { Injectable } from '@nestjs/common';
import { runCode, type CodeOutcome } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';
import { withNotice, workbenchSession } from './workbench-session.js';

const MAX_CODE_CHARACTERS = 1_000_000;

const input = z.object({
  code_to_execute: z.string().min(1).max(MAX_CODE_CHARACTERS).describe('Python, as in a cell of a notebook.'),
  thought: z.string().optional().describe('What the code is for; kept in the logs.'),
  current_step: z.string().optional().describe('The step of the plan; kept in the logs.'),
  current_step_metric: z.string().optional().describe('Progress as `done/total units`; kept in the logs.'),
  session_id: workflowId,
});

export const remoteWorkbenchDescription = {
  slug: 'COMPOSIO_REMOTE_WORKBENCH',
  name: 'Run Python',
  description: [
    "Runs Python in the session's own sandbox, as a notebook does: variables, imports and files stay from call to call, and the value of the last expression is answered. Use it to call many tools, to work on large results, and for analysis; print only what matters. It has no network of its own. Each call has 180 seconds.",
    'Ready without an import, each answering (result, error) with an empty error on success: run_composio_tool(slug, arguments), run_composio_tools([(slug, arguments), ...]) side by side, proxy_execute(method, endpoint, toolkit, query_params, body, headers), invoke_llm(query), web_search(query), upload_local_file(path, ...), smart_file_extract(path).',
    'Files under /mnt/files belong to the session; large results of other tools are saved there. Open figures of matplotlib become pictures with a link.',
  ].join(' '),
  input,
  tags: ['destructiveHint', 'openWorldHint'],
};

@Injectable()
export class RemoteWorkbench implements MetaTool<typeof input> {
  readonly about = remoteWorkbenchDescription;

  constructor(private readonly bus: Bus) {}

  async run(
    { code_to_execute: code, session_id }: z.output<typeof input>,
    { session, logId, context }: MetaCall,
  ): Promise<MetaResult> {
    const outcome = await this.bus.request(runCode, {
      session: workbenchSession(session),
      logId,
      code,
      context,
    });
    return { data: { ...present(outcome), ...workflowOf(session_id) }, error: outcome.error };
  }
}

function present({ result, stdout, stderr, error, pictures, notice, sandbox }: CodeOutcome) {
  return {
    results: result,
    stdout: stdout.text,
    stderr: withNotice(stderr.text, notice),
    error: error ?? '',
    ...(stdout.path && { stdout_file_path: stdout.path }),
    ...(stderr.path && { stderr_file_path: stderr.path }),
    ...(pictures.length > 0 && {
      pictures: pictures.map(({ path, url, expiresAt }) => ({ file_path: path, url, expires_at: expiresAt })),
    }),
    sandbox_id_suffix: sandbox,
  };
}
