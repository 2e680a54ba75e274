import { Injectable } from '@nestjs/common';
import { outsideLines, type CallOutcome, type CallStarted } from '@patchbay/contracts';
import { CallRecorder } from '@patchbay/service';
import { CallSlots } from './call-slots.js';
import { CallCancellation } from './call-cancellation.js';
import { MAX_FAILURE_CHARACTERS, type CallCredential } from '../providers/index.js';
import type { ToolResult } from './tool-result.js';

export interface CallWork {
  call: Parameters<CallRecorder['describe']>[0];
  openCredential: () => Promise<CallCredential | undefined>;
  /** @param started as it is on the record */
  run: (
    credential: CallCredential | undefined,
    started: CallStarted,
    signal: AbortSignal,
  ) => Promise<ToolResult>;
}

/** Calls on the record: none reaches a provider before its start is stored, and each has an end. */
@Injectable()
export class RecordedCalls {
  constructor(
    private readonly recorder: CallRecorder,
    private readonly running: CallCancellation,
    private readonly places: CallSlots,
  ) {}

  /** @throws AppError `rate_limited` before anything was done, when too many calls are under way */
  perform(work: CallWork): Promise<CallOutcome> {
    return this.places.hold(work.call.projectId, () => this.onRecord(work));
  }

  private async onRecord({ call, openCredential, run }: CallWork): Promise<CallOutcome> {
    const started = this.recorder.describe(call);
    // Side by side: both are needed before the request may leave, and neither needs the other.
    const [begun, credential] = await Promise.allSettled([this.recorder.begin(started), openCredential()]);
    if (begun.status === 'rejected') throw begun.reason;
    if (credential.status === 'rejected') {
      throw await this.endFailed(started, credential.reason, 'No credential.');
    }
    const { connectionId = null, authConfigId = null } = accountOf(credential.value);
    let result: ToolResult;
    try {
      result = await this.running.run((signal) => run(credential.value, started, signal));
    } catch (error) {
      throw await this.endFailed(started, error, 'The call failed in an unexpected way.', {
        connectionId,
        authConfigId,
      });
    }
    const { successful, data, error, content } = result;
    const status = successful ? 'success' : 'failed';
    await this.recorder.end(started, { status, connectionId, authConfigId, error, data });
    return { successful, data, error, logId: started.logId, connectionId, ...(content && { content }) };
  }

  private async endFailed(
    started: CallStarted,
    reason: unknown,
    fallback: string,
    account: { connectionId: string | null; authConfigId: string | null } = {
      connectionId: null,
      authConfigId: null,
    },
  ): Promise<unknown> {
    const error = reason instanceof Error ? outsideLines(reason.message, MAX_FAILURE_CHARACTERS) : fallback;
    await this.recorder.end(started, { status: 'failed', ...account, error, data: {} });
    return reason;
  }
}

function accountOf(credential: CallCredential | undefined): { connectionId?: string; authConfigId?: string } {
  return credential?.connectionId ? credential : {};
}
