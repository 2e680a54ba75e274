import { z } from 'zod';
import { googleScopes } from '../google.js';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';

const TASKS = googleScopes('tasks');
const READ = googleScopes('tasks.readonly');
const Task = z.looseObject({ id: z.string(), title: z.string().optional(), status: z.string().optional() });
const Wrapped = z.object({ task: Task });

const list = z.string().min(1).describe("Id of the list, or `@default` for the account's own.");
const taskId = z.string().min(1).describe('Id of the task.');
const status = z.enum(['needsAction', 'completed']).describe('Whether it is still to be done.');
const instant = (what: string) =>
  z.iso.datetime({ offset: true }).optional().describe(`Only tasks ${what}, as 2026-03-01T00:00:00Z.`);
const details = {
  notes: z.string().max(8192).optional().describe('Notes under the title.'),
  due: z
    .string()
    .optional()
    .describe('Day that it is due, as 2026-03-01T00:00:00Z; Google keeps only the date.'),
  completed: z.string().optional().describe('When it was done.'),
  deleted: z.boolean().optional().describe('Whether it is deleted.'),
  hidden: z.boolean().optional().describe('Whether it is hidden.'),
  etag: z.string().optional().describe('Mark of the version that is meant.'),
  id: z.string().optional().describe('Id of the task.'),
};
const position = {
  parent: z.string().optional().describe('Id of the task under which it goes; without it, the top level.'),
  previous: z
    .string()
    .optional()
    .describe('Id of the task after which it goes; without it, the first place.'),
};

export const taskTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLETASKS_LIST_TASKS',
    name: 'List tasks',
    description: 'Lists the tasks of a to-do list, filtered by when they are due, done or changed.',
    input: z.object({
      tasklist_id: list,
      completedMin: instant('done after this'),
      completedMax: instant('done before this'),
      dueMin: instant('due after this'),
      dueMax: instant('due before this'),
      updatedMin: instant('changed after this'),
      showCompleted: z.boolean().optional().describe('Whether tasks that are done are shown; they are.'),
      showDeleted: z.boolean().optional().describe('Whether deleted tasks are shown.'),
      showHidden: z
        .boolean()
        .optional()
        .describe('Whether hidden tasks are shown, as old ones that are done.'),
      maxResults: z.int().min(1).max(100).optional().describe('Tasks a page, 20 unless said otherwise.'),
      pageToken: z.string().optional().describe('`nextPageToken` of the page before.'),
    }),
    output: z.object({ tasks: z.array(Task), nextPageToken: z.string().optional() }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ tasklist_id, ...query }) => ({
      method: 'GET',
      url: path`/tasks/v1/lists/${tasklist_id}/tasks`,
      query,
    }),
    answer: (body) => {
      const { items = [], nextPageToken } = body as { items?: unknown[]; nextPageToken?: string };
      return { tasks: items, nextPageToken };
    },
  }),
  requestTool({
    slug: 'GOOGLETASKS_GET_TASK',
    name: 'Get task',
    description: 'Reads one task: title, notes, when it is due and whether it is done.',
    input: z.object({ tasklist_id: list, task_id: taskId }),
    output: Wrapped,
    covers: ['GET /tasks/v1/lists/{tasklist}/tasks/{task}'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ tasklist_id, task_id }) => ({
      method: 'GET',
      url: path`/tasks/v1/lists/${tasklist_id}/tasks/${task_id}`,
    }),
    answer: (task) => ({ task }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_INSERT_TASK',
    name: 'Insert task',
    description: 'Puts a new task onto a to-do list, under or after another one if wanted.',
    input: z.object({
      tasklist_id: list,
      title: z.string().min(1).max(1024).describe('What is to be done.'),
      status: status.default('needsAction'),
      ...details,
      task_parent: position.parent,
      task_previous: position.previous,
    }),
    output: Wrapped,
    covers: ['POST /tasks/v1/lists/{tasklist}/tasks'],
    tags: ['important'],
    scopes: TASKS,
    request: ({ tasklist_id, task_parent, task_previous, ...json }) => ({
      method: 'POST',
      url: path`/tasks/v1/lists/${tasklist_id}/tasks`,
      query: { parent: task_parent, previous: task_previous },
      body: { json },
    }),
    answer: (task) => ({ task }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_PATCH_TASK',
    name: 'Patch task',
    description: 'Changes a task: its title, notes or date, or marks it as done. Fields left out stay.',
    input: z.object({
      tasklist_id: list,
      task_id: taskId,
      title: z.string().min(1).max(1024).describe('Title of the task.'),
      status,
      ...details,
    }),
    output: Wrapped,
    tags: ['important', 'idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist_id, task_id, ...json }) => ({
      method: 'PATCH',
      url: path`/tasks/v1/lists/${tasklist_id}/tasks/${task_id}`,
      body: { json },
    }),
    answer: (task) => ({ task }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_UPDATE_TASK',
    name: 'Update task',
    description:
      'Changes the title, notes, date or state of a task; the newer way is GOOGLETASKS_PATCH_TASK.',
    input: z.object({
      tasklist: list,
      task: taskId,
      title: z.string().optional().describe('New title.'),
      notes: details.notes,
      due: details.due,
      status: status.optional(),
    }),
    output: Task,
    tags: ['idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist, task, ...json }) => ({
      method: 'PATCH',
      url: path`/tasks/v1/lists/${tasklist}/tasks/${task}`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_MOVE_TASK',
    name: 'Move task',
    description: 'Moves a task to another place of its list, under another task, or onto another list.',
    input: z.object({
      tasklist: list,
      task: taskId,
      ...position,
      destinationTasklist: z.string().optional().describe('Id of the list that it moves to.'),
    }),
    output: Task,
    tags: ['idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist, task, ...query }) => ({
      method: 'POST',
      url: path`/tasks/v1/lists/${tasklist}/tasks/${task}/move`,
      query,
    }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_DELETE_TASK',
    name: 'Delete task',
    description: 'Deletes a task from its list.',
    input: z.object({ tasklist_id: list, task_id: taskId }),
    output: z.object({ response_data: z.object({ success: z.boolean() }) }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist_id, task_id }) => ({
      method: 'DELETE',
      url: path`/tasks/v1/lists/${tasklist_id}/tasks/${task_id}`,
    }),
    answer: () => ({ response_data: { success: true } }),
  }),
  requestTool({
    slug: 'GOOGLETASKS_CLEAR_TASKS',
    name: 'Clear tasks',
    description: 'Hides all tasks of a list that are done.',
    input: z.object({ tasklist: list }),
    output: z.object({ success: z.boolean() }),
    tags: ['idempotentHint'],
    scopes: TASKS,
    request: ({ tasklist }) => ({ method: 'POST', url: path`/tasks/v1/lists/${tasklist}/clear` }),
    answer: () => ({ success: true }),
  }),
];
