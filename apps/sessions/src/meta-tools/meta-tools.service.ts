import { Injectable } from '@nestjs/common';
import {
  AppError,
  describeIssues,
  permissionKey,
  refusalOf,
  rulingOf,
  sessionsApprovalWanted,
  toCallSession,
  RawJson,
  writeJson,
  type AnswerOf,
  type CallContext,
  type executeMetaTool,
  type findRemovals,
  type InputOf,
  type OutputOf,
  type Session,
} from '@patchbay/contracts';
import { Bus, CallRecorder, tellApprovalWanted } from '@patchbay/service';
import { nameCustomTools } from '../custom-tools/index.js';
import { ExposedToolsService, RememberedSessions, SessionsService } from '../sessions/index.js';
import { AccountRemovals } from './account-removals.js';
import { GetToolSchemas } from './get-tool-schemas.js';
import { ManageConnections, removalsIn } from './manage-connections.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { MultiExecute } from './multi-execute.js';
import { RemoteBash } from './remote-bash.js';
import { RemoteWorkbench } from './remote-workbench.js';
import { SearchTools } from './search-tools.js';
import { SubmitFeedback } from './submit-feedback.js';
import { WaitForConnections } from './wait-for-connections.js';

type Execution = InputOf<typeof executeMetaTool> & { context: CallContext };

@Injectable()
export class MetaToolsService {
  private readonly tools: ReadonlyMap<string, MetaTool>;

  constructor(
    private readonly bus: Bus,
    private readonly exposed: ExposedToolsService,
    private readonly recorder: CallRecorder,
    private readonly remembered: RememberedSessions,
    private readonly sessions: SessionsService,
    private readonly accountRemovals: AccountRemovals,
    search: SearchTools,
    schemas: GetToolSchemas,
    multiExecute: MultiExecute,
    manage: ManageConnections,
    wait: WaitForConnections,
    workbench: RemoteWorkbench,
    bash: RemoteBash,
    feedback: SubmitFeedback,
  ) {
    const all = [
      search,
      schemas,
      multiExecute,
      manage,
      wait,
      workbench,
      bash,
      feedback,
    ] as readonly MetaTool[];
    this.tools = new Map(all.map((tool) => [tool.about.slug, tool]));
  }

  async execute(execution: Execution): Promise<AnswerOf<typeof executeMetaTool>> {
    const session = await this.remembered.get(execution);
    const tool = this.tools.get(execution.slug);
    const enabled = await this.exposed.metaTools(session.config);
    if (!tool || !enabled.includes(execution.slug)) {
      throw notEnabled(execution.slug, enabled, session.workbenchMissing);
    }

    requirePermission(this.bus, session, execution);

    const customTools = execution.customTools && nameCustomTools(execution.customTools);
    const { context } = execution;
    const { storePayloads } = context;
    const call = this.recorder.describe({
      projectId: session.projectId,
      userId: session.userId,
      sessionId: session.id,
      toolkit: 'composio',
      toolSlug: execution.slug,
      parent: null,
      arguments: execution.arguments,
      storePayloads,
    });
    const begun = this.recorder.begin(call);
    if (!tool.reachesNobody) await begun;
    const running = run(tool, execution.arguments, {
      session,
      logId: call.logId,
      customTools,
      allowed: execution.allowedForCall,
      idempotencyKey: execution.idempotencyKey,
      context,
    });
    // What is not on the record is not answered.
    const [ran] = await Promise.all([settled(running), begun]);
    if ('failure' in ran) {
      const { failure } = ran;
      const error = failure instanceof AppError ? failure.message : 'The tool failed in an unexpected way.';
      const end = { status: 'failed', connectionId: null, error, data: {}, storePayloads } as const;
      await this.recorder.end(call, end);
      throw failure;
    }
    const { error } = ran.result;
    // Written once, for the record and for who asks.
    const data = new RawJson(writeJson(ran.result.data));
    const status = error === null ? 'success' : 'failed';
    await this.recorder.end(call, { status, connectionId: null, error, data, storePayloads });
    return { successful: error === null, error, logId: call.logId, connectionId: null, data };
  }

  /** What a person is asked about before a call that removes accounts. */
  async removals({
    arguments: given,
    ...key
  }: InputOf<typeof findRemovals>): Promise<OutputOf<typeof findRemovals>> {
    return this.accountRemovals.questions(await this.sessions.get(key), removalsIn(given));
  }
}

/** For the meta tool itself. The tools that it runs are checked where they run. */
function requirePermission(bus: Bus, session: Session, { slug, allowedForCall }: Execution): void {
  const { permissions } = toCallSession(session, allowedForCall);
  if (!permissions) return;
  const ruling = rulingOf(permissions, { slug }, null);
  if (ruling.verdict === 'ask') {
    const { id: sessionId, userId, projectId } = session;
    const wanted = { sessionId, userId, keys: [permissionKey(slug, null)], asked: false };
    tellApprovalWanted(bus, sessionsApprovalWanted, projectId, wanted);
  }
  const refusal = refusalOf(ruling, slug);
  if (refusal) throw refusal;
}

async function run(tool: MetaTool, given: Record<string, unknown>, call: MetaCall): Promise<MetaResult> {
  const input = tool.about.input.safeParse(given);
  if (input.success) return tool.run(input.data, call);
  const issues = describeIssues(input.error);
  return {
    data: { invalid_arguments: issues },
    error: `Invalid request data provided: ${issues.join('; ')}`,
  };
}

/** A promise that may fail while another is waited for. */
async function settled<T>(work: Promise<T>): Promise<{ result: T } | { failure: unknown }> {
  try {
    return { result: await work };
  } catch (failure) {
    return { failure };
  }
}

function notEnabled(
  slug: string,
  enabled: readonly string[],
  workbenchMissing: string | undefined,
): AppError {
  return new AppError(
    'meta_tool_not_enabled',
    `[Session Restriction] ${slug} is not enabled in this session.`,
    {
      suggestion: [
        enabled.length > 0 ? `Enabled are ${enabled.join(', ')}.` : 'This session has no meta tools.',
        ...(workbenchMissing ? [`There is no workbench: ${workbenchMissing}`] : []),
      ].join(' '),
    },
  );
}
