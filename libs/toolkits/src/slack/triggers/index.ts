import type { TriggerSpec } from '../../trigger.js';
import { messageTriggers } from './messages.js';
import { channelCreated, reactionTriggers } from './reactions.js';

/** https://docs.slack.dev/reference/events */
export const slackTriggers: readonly TriggerSpec[] = [
  ...messageTriggers,
  ...reactionTriggers,
  channelCreated,
];
