import { expect } from 'vitest';
import { z } from 'zod';
import { call, createSession, type Call } from './http.js';

const Ran = z.object({
  data: z.object({
    results: z.string().optional(),
    stdout: z.string(),
    stderr: z.string(),
    error: z.string().optional(),
    stdout_file_path: z.string().optional(),
    stdoutLines: z.number().optional(),
    stderrLines: z.number().optional(),
    sandbox_id_suffix: z.string().optional(),
    pictures: z.array(z.object({ file_path: z.string(), url: z.string() })).optional(),
  }),
  error: z.string().nullable(),
  log_id: z.string(),
});
export type Ran = z.infer<typeof Ran>;

export const PYTHON = 'COMPOSIO_REMOTE_WORKBENCH';
export const BASH = 'COMPOSIO_REMOTE_BASH_TOOL';

/** A session whose sandbox runs code and commands over the plain API. */
export class WorkbenchSession {
  private constructor(
    readonly id: string,
    private readonly options: Call,
  ) {}

  static async open(body: Record<string, unknown> = {}, options: Call = {}): Promise<WorkbenchSession> {
    return new WorkbenchSession(await createSession({ user_id: 'ann', ...body }, options), options);
  }

  async python(code: string): Promise<Ran> {
    return this.execute(PYTHON, { code_to_execute: code });
  }

  /** The value of the last expression, of code that has to go well. */
  async value(code: string): Promise<string> {
    const { data, error } = await this.python(code);
    expect({ error, stderr: data.stderr }).toEqual({ error: null, stderr: '' });
    return data.results ?? '';
  }

  async bash(command: string): Promise<Ran> {
    return this.execute(BASH, { command });
  }

  private async execute(slug: string, given: Record<string, unknown>): Promise<Ran> {
    const answer = await call(`/tool_router/session/${this.id}/execute`, {
      ...this.options,
      body: { tool_slug: slug, arguments: given },
    });
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    return Ran.parse(answer.body);
  }
}
