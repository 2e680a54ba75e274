import type { TriggerSpec } from '../../trigger.js';
import { polledTriggers } from './polled.js';
import { pushedTriggers } from './pushed.js';

export const notionTriggers: readonly TriggerSpec[] = [...polledTriggers, ...pushedTriggers];
