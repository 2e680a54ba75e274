import type { ApprovalWanted, EventContract } from '@patchbay/contracts';
import type { Bus } from '../bus.js';

/** Tells that a call waits for a person, in the background: what becomes of the call is the same, told or not. */
export function tellApprovalWanted(
  bus: Pick<Bus, 'publish' | 'envelop'>,
  contract: EventContract<typeof ApprovalWanted>,
  projectId: string,
  wanted: ApprovalWanted,
): void {
  bus.publish(contract, bus.envelop(projectId, wanted)).catch(() => undefined);
}
