import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { Flat, gid, inQuery, Many, One, options, paging, text, unwrap } from './fields.js';

const task_gid = gid('task');
const TaskData = z.looseObject({
  name: text('Title of the task.'),
  notes: text('Text of the task.'),
  html_notes: text('Text of the task, in simple HTML.'),
  assignee: text('Id or address of the person who does it, or me.'),
  completed: z.boolean().optional().describe('Whether it is done.'),
  due_on: text('Day that it is due, as 2026-03-01.'),
  due_at: text('Moment that it is due, ISO 8601.'),
  start_on: text('Day that it begins.'),
  followers: z.array(z.string()).optional().describe('Ids or addresses of those who follow it.'),
  custom_fields: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Values by the id of the custom field.'),
});

export const taskTools: ToolSpec[] = [
  requestTool({
    slug: 'ASANA_CREATE_A_TASK',
    name: 'Create a task',
    description: 'Makes a new task, in a project or a workspace.',
    input: z.object({
      data: TaskData.extend({
        projects: z
          .array(z.string())
          .optional()
          .describe('Ids of the projects; either these or a workspace.'),
        workspace: text('Id of the workspace.'),
        parent: text('Id of the task that it is a part of.'),
        tags: z.array(z.string()).optional().describe('Ids of tags.'),
      }).describe('The task.'),
      ...options,
    }),
    output: One,
    tags: ['important'],
    scopes: ['tasks:write'],
    request: ({ data, ...query }) => ({
      method: 'POST',
      url: '/tasks',
      query: inQuery(query),
      body: { json: { data } },
    }),
  }),
  requestTool({
    slug: 'ASANA_UPDATE_A_TASK',
    name: 'Update a task',
    description: 'Changes a task; fields left out stay.',
    input: z.object({ task_gid, data: TaskData.describe('What changes.'), ...options }),
    output: One,
    tags: ['important', 'idempotentHint', 'destructiveHint'],
    scopes: ['tasks:write'],
    request: ({ task_gid: task, data, ...query }) => ({
      method: 'PUT',
      url: path`/tasks/${task}`,
      query: inQuery(query),
      body: { json: { data } },
    }),
  }),
  requestTool({
    slug: 'ASANA_GET_A_TASK',
    name: 'Get a task',
    description: 'Reads one task: title, text, person, dates, projects, custom fields.',
    input: z.object({ task_gid, ...options }),
    output: One,
    tags: ['important', 'readOnlyHint'],
    scopes: ['tasks:read'],
    request: ({ task_gid: task, ...query }) => ({
      method: 'GET',
      url: path`/tasks/${task}`,
      query: inQuery(query),
    }),
  }),
  requestTool({
    slug: 'ASANA_DELETE_TASK',
    name: 'Delete task',
    description: 'Moves a task to the bin of the account, which is emptied after thirty days.',
    input: z.object({ task_gid }),
    output: z.object({ success: z.boolean() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: ['tasks:delete'],
    request: ({ task_gid: task }) => ({ method: 'DELETE', url: path`/tasks/${task}` }),
    answer: () => ({ success: true }),
  }),
  requestTool({
    slug: 'ASANA_GET_TASKS_FROM_A_PROJECT',
    name: 'Get tasks from a project',
    description: 'Lists the tasks of a project, in its order.',
    input: z.object({
      project_gid: gid('project'),
      completed_since: text('Only those not done, or done after this; now for only those not done.'),
      ...paging,
      ...options,
    }),
    output: Many,
    tags: ['readOnlyHint'],
    scopes: ['tasks:read'],
    request: ({ project_gid, ...query }) => ({
      method: 'GET',
      url: path`/projects/${project_gid}/tasks`,
      query: inQuery(query),
    }),
  }),
  requestTool({
    slug: 'ASANA_SEARCH_TASKS_IN_WORKSPACE',
    name: 'Search tasks in workspace',
    description:
      'Finds tasks of a workspace by words, people, projects and dates; of paying workspaces only.',
    input: z.object({
      workspace: gid('workspace'),
      text: text('Words in the title or text.'),
      assignee: text('Ids of people who do it, joined by commas, or me.'),
      projects: text('Ids of projects, joined by commas.'),
      completed: z.boolean().optional().describe('Only those done, or not.'),
      due_on_before: text('Only those due before this day.'),
      due_on_after: text('Only those due after this day.'),
      modified_since: text('Only those changed after this moment.'),
      sort_by: z
        .enum(['due_date', 'created_at', 'completed_at', 'likes', 'modified_at'])
        .optional()
        .describe('What to sort by.'),
      sort_ascending: z.boolean().optional().describe('Whether the first come first.'),
      limit: paging.limit,
      ...options,
    }),
    output: Many,
    tags: ['readOnlyHint'],
    scopes: ['tasks:read'],
    request: ({ workspace, assignee, projects, due_on_before, due_on_after, modified_since, ...query }) => ({
      method: 'GET',
      url: path`/workspaces/${workspace}/tasks/search`,
      query: {
        ...inQuery(query),
        'assignee.any': assignee,
        'projects.any': projects,
        'due_on.before': due_on_before,
        'due_on.after': due_on_after,
        'modified_at.after': modified_since,
      },
    }),
  }),
  requestTool({
    slug: 'ASANA_CREATE_SUBTASK',
    name: 'Create subtask',
    description: 'Makes a task that is a part of another one.',
    input: z.object({
      task_gid,
      name: z.string().min(1).describe('Title of the new task.'),
      notes: text('Its text.'),
      assignee: text('Id or address of the person who does it, or me.'),
      completed: z.boolean().optional().describe('Whether it is done.'),
      due_on: text('Day that it is due, as 2026-03-01.'),
      due_at: text('Moment that it is due, ISO 8601.'),
      followers: z.array(z.string()).optional().describe('Ids or addresses of those who follow it.'),
    }),
    output: Flat,
    tags: [],
    scopes: ['tasks:write'],
    request: ({ task_gid: task, ...data }) => ({
      method: 'POST',
      url: path`/tasks/${task}/subtasks`,
      body: { json: { data } },
    }),
    answer: unwrap,
  }),
  requestTool({
    slug: 'ASANA_CREATE_TASK_COMMENT',
    name: 'Create task comment',
    description: 'Writes a comment on a task.',
    input: z.object({ task_id: task_gid, text: z.string().min(1).describe('Text of the comment.') }),
    output: Flat,
    covers: ['POST /tasks/{task_gid}/stories'],
    tags: ['important'],
    scopes: ['stories:write'],
    request: ({ task_id, ...data }) => ({
      method: 'POST',
      url: path`/tasks/${task_id}/stories`,
      body: { json: { data } },
    }),
    answer: unwrap,
  }),
  requestTool({
    slug: 'ASANA_ADD_TASK_TO_SECTION',
    name: 'Add task to section',
    description: 'Moves a task into a section of its project, before or after another task if wanted.',
    input: z.object({
      section_gid: gid('section'),
      task_gid,
      insert_before: text('Id of the task before which it goes.'),
      insert_after: text('Id of the task after which it goes.'),
    }),
    output: z.object({ success: z.boolean() }),
    tags: ['idempotentHint'],
    scopes: ['tasks:write'],
    request: ({ section_gid, task_gid: task, ...place }) => ({
      method: 'POST',
      url: path`/sections/${section_gid}/addTask`,
      body: { json: { data: { task, ...place } } },
    }),
    answer: () => ({ success: true }),
  }),
];
