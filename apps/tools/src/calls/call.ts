import type {
  CallContext,
  CallOrigin,
  CallSession,
  CustomAuth,
  executeTool,
  GivenCredential,
  InputOf,
} from '@patchbay/contracts';

/** The end of a call must be recorded and answered before its caller stops waiting. */
const RESERVE_MS = 2_000;

/** A call on its way through `CallPipeline`: of a tool, or a proxied request; in a session, or outside of one. */
export interface Call {
  projectId: string;
  /** The user, and what of the session decides over the call. */
  session: CallSession;
  /** As the caller names it. */
  toolSlug: string;
  version?: InputOf<typeof executeTool>['version'];
  arguments: Record<string, unknown>;
  account?: string | undefined;
  /** Instead of an account's. */
  credential?: GivenCredential | undefined;
  customAuth?: CustomAuth | undefined;
  idempotencyKey?: string | undefined;
  origin: CallOrigin;
  /** When the provider must have answered, in milliseconds since the epoch. */
  deadline: number;
  storePayloads: boolean;
  /** Aborted when the caller no longer waits. */
  signal: AbortSignal;
}

type CallMessage = Omit<InputOf<typeof executeTool>, 'context' | 'session'> & { session: CallSession };

export function toCall(
  { parent, sandboxId, ...message }: CallMessage,
  context: CallContext,
  signal: AbortSignal,
): Call {
  return {
    ...message,
    origin: { parent, sandboxId },
    deadline: providerDeadline(context),
    storePayloads: context.storePayloads,
    signal,
  };
}

/** When a request that leaves the service must be answered, in milliseconds since the epoch. */
export function providerDeadline({ deadline }: CallContext): number {
  return deadline - RESERVE_MS;
}
