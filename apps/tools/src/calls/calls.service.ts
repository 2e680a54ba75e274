import { Injectable } from '@nestjs/common';
import { AppError, type CallOutcome, type executeTool, type InputOf } from '@patchbay/contracts';
import { currentContext, OutboundClient } from '@patchbay/service';
import type { CatalogueEntry } from '../toolkits/index.js';
import { CatalogueService } from '../catalogue/index.js';
import { FilesService, CallFiles } from '../files/index.js';
import { outOfScope } from '../scope/index.js';
import { AnswersService } from './answers.service.js';
import { CallCredentials } from '../credentials/index.js';
import { RecordedCalls } from './recorded-calls.js';
import { ToolRunner } from './tool.runner.js';

type Execution = InputOf<typeof executeTool>;

/** The end of a call must still be recorded and answered before its caller gives up. */
const RESERVE_MS = 2_000;

/** When a call made now has to be over, in milliseconds since the epoch. */
export function callDeadline(): number {
  return (currentContext()?.deadline ?? Date.now() + 30_000) - RESERVE_MS;
}

@Injectable()
export class CallsService {
  constructor(
    private readonly answers: AnswersService,
    private readonly calls: RecordedCalls,
    private readonly catalogue: CatalogueService,
    private readonly credentials: CallCredentials,
    private readonly files: FilesService,
    private readonly http: OutboundClient,
    private readonly tools: ToolRunner,
  ) {}

  async execute(execution: Execution): Promise<CallOutcome> {
    const { projectId, session } = execution;
    const { toolSlug, version: versions } = execution;
    const entry = await this.catalogue.entry(projectId, toolSlug, { at: session.toolsAt, versions });
    refuseOutOfScope(execution, entry);
    if (session.id === null) refuseDeprecated(entry);
    const { definition, spec, toolkit } = entry;
    const request = {
      ...execution,
      toolkit,
      toolSlug: definition.slug,
      aliases: definition.aliases,
      token: spec.token,
    };
    const owner = {
      projectId,
      sessionId: session.id ?? undefined,
      toolkit: toolkit.slug,
      toolSlug: definition.slug,
    };
    return this.calls.perform({
      call: {
        projectId,
        userId: session.userId,
        sessionId: session.id,
        toolkit: toolkit.slug,
        toolSlug: definition.slug,
        parent: execution.parent ?? null,
        sandboxId: execution.sandboxId ?? null,
        arguments: execution.arguments,
      },
      openCredential: () => this.credentials.open(request),
      run: async (credential, { logId }, signal) => {
        const limits = { deadline: callDeadline(), signal };
        const result = await this.tools.run(spec, execution.arguments, {
          ...limits,
          projectId,
          toolkit,
          credential,
          userId: session.userId,
          refresh: (rejected) => this.credentials.open(request, rejected),
          bodyFields: execution.customAuth?.body,
          idempotencyKey: execution.idempotencyKey ?? logId,
          files: new CallFiles(this.files, this.http, owner, limits),
        });
        return this.answers.fit(result, owner);
      },
    });
  }
}

/** In a session it goes on to run, as sessions keep the tools that they were made with. */
function refuseDeprecated({ definition }: CatalogueEntry): void {
  if (!definition.deprecated) return;
  throw new AppError('tool_deprecated', `${definition.slug} is deprecated: its provider takes it away.`, {
    suggestion: 'Search for the tool that took its place.',
  });
}

function refuseOutOfScope({ session }: Execution, { definition }: CatalogueEntry): void {
  const reason = outOfScope(session.scope, definition);
  if (reason === 'toolkit') {
    throw new AppError(
      'toolkit_not_allowed',
      `[Session Restriction] The toolkit ${definition.toolkit.slug} is not allowed in this session.`,
    );
  }
  if (reason === 'tool') {
    throw new AppError(
      'tool_not_allowed',
      `[Session Restriction] The tool ${definition.slug} is not allowed in this session.`,
    );
  }
}
