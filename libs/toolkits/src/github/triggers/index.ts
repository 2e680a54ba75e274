import type { TriggerSpec } from '../../trigger.js';
import { commitEvent } from './commits.js';

export const githubTriggers: readonly TriggerSpec[] = [commitEvent];
