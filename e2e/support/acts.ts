import type { Act } from './act.js';
import { ACCOUNT_ACTS } from './acts.account.js';
import { DEAD_LETTER_ACTS } from './acts.dead-letter.js';
import { PEOPLE_ACTS } from './acts.people.js';
import { PROJECT_ACTS } from './acts.project.js';
import { PROJECT_END_ACTS } from './acts.project-end.js';
import { SESSION_ACTS } from './acts.session.js';
import { TOOLKIT_ACTS } from './acts.toolkit.js';
import { WEBHOOK_ACTS } from './acts.webhook.js';
import { TRIGGER_ACTS } from './acts.trigger.js';

export type { Act, Scene } from './act.js';

/** Every act of administration, in this order: each stands on those before it. */
export const ACTS: Act[] = [
  ...PROJECT_ACTS,
  ...ACCOUNT_ACTS,
  ...TOOLKIT_ACTS,
  ...SESSION_ACTS,
  ...WEBHOOK_ACTS,
  ...TRIGGER_ACTS,
  ...PROJECT_END_ACTS,
  ...PEOPLE_ACTS,
  ...DEAD_LETTER_ACTS,
];
