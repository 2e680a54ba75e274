import type { authAudited } from '@patchbay/contracts';
import { auditEntry, ORGANISATION, type Act } from '@patchbay/service';
import type { Emit } from './transactions.js';

export type RecordAct = (emit: Emit, act: Act) => Promise<void>;

/**
 * Writes acts of administration, in the transaction of what they change: an act that happened has its event, one that
 * was rolled back has none.
 * @param contract the service's own event of the audit
 */
export function auditsBy(contract: typeof authAudited): RecordAct {
  return (emit, act) => emit(contract, act.projectId ?? ORGANISATION, auditEntry(act));
}
