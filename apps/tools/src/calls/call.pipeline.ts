import { Injectable } from '@nestjs/common';
import { outsideLines, type CallStarted } from '@patchbay/contracts';
import { CallRecorder, OutboundClient } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { CallCredentials, type CredentialRequest } from '../credentials/index.js';
import { CallFiles, FilesService, type FilesOwner } from '../files/index.js';
import { MAX_FAILURE_CHARACTERS, type CallCredential, type ProviderAccess } from '../providers/index.js';
import { CallSlots } from './call-slots.js';
import type { Call } from './call.js';
import type { ToolResult } from './tool-result.js';

/** What a call is made to: a tool, or the provider of a toolkit. */
export type CallTarget = Pick<CredentialRequest, 'aliases' | 'token' | 'appSecret'> & {
  toolkit: InstalledToolkit;
  /** The tool's current slug. */
  toolSlug: string;
};

/** What the steps of one call send with. */
export interface CallAccess extends ProviderAccess {
  files: CallFiles;
  owner: FilesOwner;
}

/** The steps that differ between tools and proxied requests. */
export interface CallSteps<T extends CallTarget, S, A> {
  resolve(call: Call): Promise<T>;
  /** @throws AppError when the session, or what the target has become, does not allow the call */
  requireScope(call: Call, target: T): void;
  send(call: Call, target: T, access: CallAccess): Promise<S>;
  /** `result` goes on the record, `answer` to the caller. */
  present(sent: S, target: T, access: CallAccess): Promise<Presented<A>>;
  /** Of what only looks, many times an hour: its start is not put on the record. */
  recordsEndOnly?: boolean;
}

interface Presented<A> {
  result: RecordedResult;
  answer: A;
  /** With `recordsEndOnly`: nothing came of it, and it leaves no record. Failures always do. */
  isQuiet?: boolean | undefined;
}

/** What of a result goes on the record. */
type RecordedResult = Pick<ToolResult, 'successful' | 'error' | 'data'>;

export interface CallAnswer<A> {
  answer: A;
  logId: string;
  connectionId: string | null;
}

type Account = Pick<CallAnswer<unknown>, 'connectionId'> & { authConfigId: string | null };
const NO_ACCOUNT: Account = { connectionId: null, authConfigId: null };

/**
 * The one way of every call: resolve, scope, account, record, send, present. None that may change something reaches a
 * provider before its start is stored, and each start has an end.
 */
@Injectable()
export class CallPipeline {
  constructor(
    private readonly recorder: CallRecorder,
    private readonly credentials: CallCredentials,
    private readonly files: FilesService,
    private readonly http: OutboundClient,
    private readonly slots: CallSlots,
  ) {}

  /** @throws AppError `rate_limited` before anything was done, when too many calls are in progress */
  async run<T extends CallTarget, S, A>(call: Call, steps: CallSteps<T, S, A>): Promise<CallAnswer<A>> {
    const target = await steps.resolve(call);
    steps.requireScope(call, target);
    return this.slots.hold(call.projectId, async () => {
      const { recordsEndOnly = false } = steps;
      const { started, credential } = await this.open(call, target, recordsEndOnly);
      const account = accountOf(credential);
      const access = this.accessOf(call, target, credential, started.logId);
      const send = async () => steps.present(await steps.send(call, target, access), target, access);
      const { result, answer, isQuiet } = await send().catch((error: unknown) =>
        this.fail(call, started, error, { account, fallback: 'The call failed in an unexpected way.' }),
      );
      if (recordsEndOnly && isQuiet) {
        return { answer, logId: started.logId, connectionId: account.connectionId };
      }
      const { successful, error, data } = result;
      const status = successful ? 'success' : 'failed';
      await this.recorder.end(started, {
        status,
        ...account,
        error,
        data,
        storePayloads: call.storePayloads,
      });
      return { answer, logId: started.logId, connectionId: account.connectionId };
    });
  }

  /** Side by side: the start must be stored and the credential open before the request leaves. */
  private async open(
    call: Call,
    target: CallTarget,
    recordsEndOnly: boolean,
  ): Promise<{ started: CallStarted; credential: CallCredential | undefined }> {
    const { projectId, session, origin, storePayloads } = call;
    const started = this.recorder.describe({
      projectId,
      userId: session.userId,
      sessionId: session.id,
      toolkit: target.toolkit.slug,
      toolSlug: target.toolSlug,
      parent: origin.parent ?? null,
      sandboxId: origin.sandboxId ?? null,
      arguments: call.arguments,
      storePayloads,
    });
    const [stored, opened] = await Promise.allSettled([
      recordsEndOnly ? undefined : this.recorder.begin(started),
      this.credentials.open({ ...call, ...target }),
    ]);
    if (stored.status === 'rejected') throw stored.reason;
    if (opened.status === 'fulfilled') return { started, credential: opened.value };
    return this.fail(call, started, opened.reason, { account: NO_ACCOUNT, fallback: 'No credential.' });
  }

  private accessOf(
    call: Call,
    target: CallTarget,
    credential: CallCredential | undefined,
    logId: string,
  ): CallAccess {
    const { projectId, session, deadline, signal } = call;
    const { toolkit, toolSlug } = target;
    const owner = { projectId, sessionId: session.id ?? undefined, toolkit: toolkit.slug, toolSlug };
    return {
      projectId,
      userId: session.userId,
      sessionId: session.id,
      toolkit,
      credential,
      refresh: (rejected) => this.credentials.open({ ...call, ...target }, rejected),
      bodyFields: call.customAuth?.body,
      idempotencyKey: call.idempotencyKey ?? logId,
      deadline,
      signal,
      owner,
      files: new CallFiles(this.files, this.http, owner, { deadline, signal }),
    };
  }

  /** Records the failed end of a call, and throws its reason. */
  private async fail(
    { storePayloads }: Call,
    started: CallStarted,
    reason: unknown,
    { account, fallback }: { account: Account; fallback: string },
  ): Promise<never> {
    const error = reason instanceof Error ? outsideLines(reason.message, MAX_FAILURE_CHARACTERS) : fallback;
    await this.recorder.end(started, { status: 'failed', ...account, error, data: {}, storePayloads });
    throw reason;
  }
}

function accountOf(credential: CallCredential | undefined): Account {
  if (!credential?.connectionId) return NO_ACCOUNT;
  return { connectionId: credential.connectionId, authConfigId: credential.authConfigId ?? null };
}
