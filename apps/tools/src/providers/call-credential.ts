import type { OpenedCredential, PlacedCredential } from '@patchbay/contracts';

/** Of an account, or given with the call. */
export type CallCredential = (
  | OpenedCredential
  | (PlacedCredential & { connectionId?: never; appSecret?: never })
) & {
  /** Some of it came with the call: nothing that outlives the call may carry it. */
  isOfThisCall?: true;
};
