import type { TriggerSpec } from '../../trigger.js';
import { commentTriggers } from './comments.js';
import { commitEvent } from './commits.js';
import { issueAdded, issueStateChanged, labelAdded, pullRequest } from './issues.js';
import { assignedToMe, follower, starAdded } from './people.js';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads, and what of it the REST API tells as well. */
export const githubTriggers: readonly TriggerSpec[] = [
  commitEvent,
  pullRequest,
  issueAdded,
  issueStateChanged,
  assignedToMe,
  ...commentTriggers,
  labelAdded,
  starAdded,
  follower,
];
