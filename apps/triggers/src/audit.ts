import { triggersAudited } from '@patchbay/contracts';
import { auditsBy } from '@patchbay/database';

/** Writes an act of administration into the transaction of what it changes. */
export const recordAct = auditsBy(triggersAudited);
