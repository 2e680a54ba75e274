import { Injectable } from '@nestjs/common';
import {
  AppError,
  openCredential,
  type CallOutcome,
  type executeTool,
  type InputOf,
  type OpenedCredential,
} from '@patchbay/contracts';
import { Bus, CallRecorder, currentContext } from '@patchbay/service';
import { ToolFailure, type ToolFiles } from '@patchbay/toolkits';
import type { CatalogueEntry } from '../catalogue/catalogue.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { outOfScope } from '../scope/scope.js';
import type { ToolResult } from './tool-result.js';
import { ToolRunner } from './tool.runner.js';

type Execution = InputOf<typeof executeTool>;

/** The end of a call must still be recorded and answered before its caller gives up. */
const RESERVE_MS = 2_000;

@Injectable()
export class CallsService {
  constructor(
    private readonly bus: Bus,
    private readonly catalogue: CatalogueService,
    private readonly tools: ToolRunner,
    private readonly recorder: CallRecorder,
  ) {}

  async execute(execution: Execution): Promise<CallOutcome> {
    const entry = await this.catalogue.entry(execution.projectId, execution.toolSlug);
    refuseOutOfScope(execution, entry);
    const call = this.recorder.describe({
      projectId: execution.projectId,
      userId: execution.session.userId,
      sessionId: execution.session.id,
      toolkit: entry.toolkit.slug,
      toolSlug: entry.definition.slug,
      parent: execution.parent ?? null,
      arguments: execution.arguments,
    });
    // Side by side: both are needed before the request may leave, and neither needs the other.
    const [begun, credential] = await Promise.allSettled([
      this.recorder.begin(call),
      this.credentialFor(execution, entry),
    ]);
    if (begun.status === 'rejected') throw begun.reason;
    if (credential.status === 'rejected') {
      const error = credential.reason instanceof Error ? credential.reason.message : 'No credential.';
      await this.recorder.end(call, { status: 'failed', connectionId: null, error, data: {} });
      throw credential.reason;
    }
    const { successful, data, error, content } = await this.run(execution, entry, credential.value);
    const connectionId = credential.value?.connectionId ?? null;
    await this.recorder.end(call, {
      status: successful ? 'success' : 'failed',
      connectionId,
      authConfigId: credential.value?.authConfigId ?? null,
      error,
      data,
    });
    return { successful, data, error, logId: call.logId, connectionId, ...(content && { content }) };
  }

  /** @param rejected fingerprint of a credential that the provider did not take */
  private async credentialFor(
    execution: Execution,
    entry: CatalogueEntry,
    rejected?: string,
  ): Promise<OpenedCredential | undefined> {
    if (!entry.definition.needsAccount) return undefined;
    const { projectId, session, account } = execution;
    const toolkit = entry.toolkit.slug;
    return this.bus.request(openCredential, {
      projectId,
      userId: session.userId,
      toolkit,
      toolSlug: entry.definition.slug,
      account,
      rejected,
      rules: {
        authConfigId: session.authConfigs[toolkit],
        pinned: session.connectedAccounts[toolkit],
        requireChoice: session.requireChoice,
      },
    });
  }

  private async run(
    execution: Execution,
    entry: CatalogueEntry,
    credential: OpenedCredential | undefined,
  ): Promise<ToolResult> {
    return this.tools.run(entry.spec, execution.arguments, {
      toolkit: entry.toolkit,
      credential,
      renew: (rejected) => this.credentialFor(execution, entry, rejected.fingerprint),
      files: NO_FILES,
      deadline: (currentContext()?.deadline ?? Date.now() + 30_000) - RESERVE_MS,
    });
  }
}

const noFiles = () =>
  Promise.reject(new ToolFailure('This installation keeps no files, so the tool cannot take or give one.'));
const NO_FILES: ToolFiles = { read: noFiles, store: noFiles };

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
