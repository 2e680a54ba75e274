import { googleAuth, googleUser } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { taskListTools } from './task-lists.js';
import { taskTools } from './tasks.js';
import { googletasksTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/tasks/reference/rest */
export const googletasks: ToolkitSpec = {
  slug: 'googletasks',
  name: 'Google Tasks',
  description: 'To-do lists and their tasks in Google Tasks.',
  logo: icon('#2684fc', '<circle cx="12" cy="12" r="7"/><path d="M9 12l2 2 4-4"/>'),
  categories: ['task management'],
  version: '20261122_00',
  baseUrl: 'https://tasks.googleapis.com',
  origins: ['https://www.googleapis.com'],
  auth: googleAuth('tasks'),
  currentUser: googleUser,
  tools: [...taskTools, ...taskListTools],
  triggers: googletasksTriggers,
};
