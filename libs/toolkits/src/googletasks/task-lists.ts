import { z } from 'zod';
import { googleScopes } from '../google.js';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';

const TASKS = googleScopes('tasks');
const TaskList = z.looseObject({ id: z.string(), title: z.string() });
const listId = z.string().min(1).describe("Id of the list, or `@default` for the account's own.");

export const taskListTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLETASKS_LIST_TASK_LISTS',
    name: 'List task lists',
    description: 'Lists the to-do lists of the account with their ids and titles.',
    input: z.object({
      maxResults: z.int().min(1).max(100).default(20).describe('Lists at most.'),
      pageToken: z.string().optional().describe('`nextPageToken` of the page before.'),
    }),
    output: z.looseObject({ items: z.array(TaskList).optional(), nextPageToken: z.string().optional() }),
    covers: ['GET /tasks/v1/users/@me/lists'],
    tags: ['important', 'readOnlyHint'],
    scopes: googleScopes('tasks.readonly'),
    request: (query) => ({ method: 'GET', url: '/tasks/v1/users/@me/lists', query }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_CREATE_TASK_LIST',
    name: 'Create a task list',
    description: 'Makes a new, empty to-do list.',
    input: z.object({ tasklist_title: z.string().min(1).max(1024).describe('Title of the list.') }),
    output: TaskList,
    covers: ['POST /tasks/v1/users/@me/lists'],
    tags: [],
    scopes: TASKS,
    request: ({ tasklist_title }) => ({
      method: 'POST',
      url: '/tasks/v1/users/@me/lists',
      body: { json: { title: tasklist_title } },
    }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_GET_TASK_LIST',
    name: 'Get task list',
    description: 'Reads the title and age of one to-do list.',
    input: z.object({ tasklist_id: listId }),
    output: TaskList,
    covers: ['GET /tasks/v1/users/@me/lists/{tasklist}'],
    tags: ['readOnlyHint'],
    scopes: googleScopes('tasks.readonly'),
    request: ({ tasklist_id }) => ({ method: 'GET', url: path`/tasks/v1/users/@me/lists/${tasklist_id}` }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_PATCH_TASK_LIST',
    name: 'Patch task list',
    description: 'Gives a to-do list another title.',
    input: z.object({
      tasklist_id: listId,
      updated_title: z.string().min(1).max(1024).describe('New title.'),
    }),
    output: TaskList,
    covers: ['PATCH /tasks/v1/users/@me/lists/{tasklist}'],
    tags: ['idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist_id, updated_title }) => ({
      method: 'PATCH',
      url: path`/tasks/v1/users/@me/lists/${tasklist_id}`,
      body: { json: { title: updated_title } },
    }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_DELETE_TASK_LIST',
    name: 'Delete task list',
    description: 'Deletes a to-do list and all tasks on it for ever.',
    input: z.object({ tasklist_id: listId }),
    output: z.object({ success: z.boolean() }),
    covers: ['DELETE /tasks/v1/users/@me/lists/{tasklist}'],
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist_id }) => ({ method: 'DELETE', url: path`/tasks/v1/users/@me/lists/${tasklist_id}` }),
    answer: () => ({ success: true }),
  }),
];
