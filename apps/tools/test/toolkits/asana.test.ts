import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://app.asana.com/api/1.0';
const thing = { data: { gid: '1', name: 'Thing' } };
const things = { data: [{ gid: '1' }], next_page: null };

describeToolkit(shipped('asana'), [
  one(
    'ASANA_CREATE_A_TASK',
    { data: { name: 'Tea', projects: ['9'], due_on: '2026-03-01' }, opt_fields: ['name', 'due_on'] },
    `POST ${API}/tasks?opt_fields=name,due_on`,
    {
      headers: { authorization: 'Bearer test-token' },
      body: { data: { name: 'Tea', projects: ['9'], due_on: '2026-03-01' } },
      answer: thing,
    },
  ),
  one('ASANA_UPDATE_A_TASK', { task_gid: '1', data: { completed: true } }, `PUT ${API}/tasks/1`, {
    body: { data: { completed: true } },
    answer: thing,
  }),
  one('ASANA_GET_A_TASK', { task_gid: '1' }, `GET ${API}/tasks/1`, { answer: thing }),
  one('ASANA_GET_A_TASK', { task_gid: '0' }, `GET ${API}/tasks/0`, {
    status: 404,
    answer: { errors: [{ message: 'task: Unknown object: 0', help: '…' }] },
    error: 'Asana answered 404 Not Found: task: Unknown object: 0',
  }),
  one('ASANA_DELETE_TASK', { task_gid: '1' }, `DELETE ${API}/tasks/1`, {
    answer: { data: {} },
    data: { success: true },
  }),
  one(
    'ASANA_GET_TASKS_FROM_A_PROJECT',
    { project_gid: '9', completed_since: 'now', limit: 5 },
    `GET ${API}/projects/9/tasks?completed_since=now&limit=5`,
    {
      answer: things,
    },
  ),
  one(
    'ASANA_SEARCH_TASKS_IN_WORKSPACE',
    { workspace: '7', text: 'tea', assignee: 'me', completed: false },
    `GET ${API}/workspaces/7/tasks/search?text=tea&completed=false&assignee.any=me`,
    {
      answer: things,
    },
  ),
  one('ASANA_CREATE_SUBTASK', { task_gid: '1', name: 'Boil' }, `POST ${API}/tasks/1/subtasks`, {
    body: { data: { name: 'Boil' } },
    answer: thing,
    data: { gid: '1' },
  }),
  one('ASANA_CREATE_TASK_COMMENT', { task_id: '1', text: 'Why?' }, `POST ${API}/tasks/1/stories`, {
    body: { data: { text: 'Why?' } },
    answer: thing,
    data: { gid: '1' },
  }),
  one(
    'ASANA_ADD_TASK_TO_SECTION',
    { section_gid: '5', task_gid: '1', insert_after: '2' },
    `POST ${API}/sections/5/addTask`,
    {
      body: { data: { task: '1', insert_after: '2' } },
      answer: { data: {} },
      data: { success: true },
    },
  ),
  one('ASANA_CREATE_A_PROJECT', { data: { name: 'Plan', workspace: '7' } }, `POST ${API}/projects`, {
    body: { data: { name: 'Plan', workspace: '7' } },
    answer: thing,
  }),
  one('ASANA_GET_A_PROJECT', { project_gid: '9' }, `GET ${API}/projects/9`, { answer: thing }),
  one(
    'ASANA_GET_WORKSPACE_PROJECTS',
    { workspace_gid: '7', archived: false },
    `GET ${API}/workspaces/7/projects?archived=false`,
    {
      answer: things,
    },
  ),
  one('ASANA_GET_MULTIPLE_WORKSPACES', {}, `GET ${API}/workspaces`, { answer: things }),
  one('ASANA_GET_CURRENT_USER', {}, `GET ${API}/users/me`, { answer: thing, data: { gid: '1' } }),
]);
