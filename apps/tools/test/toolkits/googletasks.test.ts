import { describeToolkit, shipped } from '../describe-toolkit.js';

const API = 'https://tasks.googleapis.com/tasks/v1';
const task = { id: 't1', title: 'Buy milk', status: 'needsAction' };
const list = { id: 'l1', title: 'Home' };

describeToolkit(shipped('googletasks'), [
  {
    tool: 'GOOGLETASKS_LIST_TASKS',
    given: { tasklist_id: '@default', dueMin: '2026-03-01T00:00:00Z', showCompleted: false, maxResults: 5 },
    asks: [
      {
        request: `GET ${API}/lists/%40default/tasks?dueMin=2026-03-01T00%3A00%3A00Z&showCompleted=false&maxResults=5`,
        headers: { authorization: 'Bearer test-token' },
        answer: { items: [task], nextPageToken: 'n' },
      },
    ],
    data: { tasks: [task], nextPageToken: 'n' },
  },
  {
    tool: 'GOOGLETASKS_GET_TASK',
    given: { tasklist_id: 'l1', task_id: 't1' },
    asks: [{ request: `GET ${API}/lists/l1/tasks/t1`, answer: task }],
    data: { task },
  },
  {
    tool: 'GOOGLETASKS_INSERT_TASK',
    given: { tasklist_id: 'l1', title: 'Buy milk', task_parent: 't0', due: '2026-03-01T00:00:00Z' },
    asks: [
      {
        request: `POST ${API}/lists/l1/tasks?parent=t0`,
        body: { title: 'Buy milk', status: 'needsAction', due: '2026-03-01T00:00:00Z' },
        answer: task,
      },
    ],
    data: { task },
  },
  {
    tool: 'GOOGLETASKS_PATCH_TASK',
    given: { tasklist_id: 'l1', task_id: 't1', title: 'Buy milk', status: 'completed' },
    asks: [
      {
        request: `PATCH ${API}/lists/l1/tasks/t1`,
        body: { title: 'Buy milk', status: 'completed' },
        answer: { ...task, status: 'completed' },
      },
    ],
    data: { task: { status: 'completed' } },
  },
  {
    tool: 'GOOGLETASKS_UPDATE_TASK',
    given: { tasklist: 'l1', task: 't1', notes: 'two' },
    asks: [{ request: `PATCH ${API}/lists/l1/tasks/t1`, body: { notes: 'two' }, answer: task }],
    data: task,
  },
  {
    tool: 'GOOGLETASKS_MOVE_TASK',
    given: { tasklist: 'l1', task: 't1', previous: 't0', destinationTasklist: 'l2' },
    asks: [
      { request: `POST ${API}/lists/l1/tasks/t1/move?previous=t0&destinationTasklist=l2`, answer: task },
    ],
    data: task,
  },
  {
    tool: 'GOOGLETASKS_DELETE_TASK',
    given: { tasklist_id: 'l1', task_id: 't1' },
    asks: [{ request: `DELETE ${API}/lists/l1/tasks/t1`, status: 204, answer: '' }],
    data: { response_data: { success: true } },
  },
  {
    tool: 'GOOGLETASKS_CLEAR_TASKS',
    given: { tasklist: 'l1' },
    asks: [{ request: `POST ${API}/lists/l1/clear`, status: 204, answer: '' }],
    data: { success: true },
  },
  {
    tool: 'GOOGLETASKS_LIST_TASK_LISTS',
    asks: [{ request: `GET ${API}/users/@me/lists?maxResults=20`, answer: { items: [list] } }],
    data: { items: [list] },
  },
  {
    tool: 'GOOGLETASKS_CREATE_TASK_LIST',
    given: { tasklist_title: 'Home' },
    asks: [{ request: `POST ${API}/users/@me/lists`, body: { title: 'Home' }, answer: list }],
    data: list,
  },
  {
    tool: 'GOOGLETASKS_GET_TASK_LIST',
    given: { tasklist_id: 'l1' },
    asks: [{ request: `GET ${API}/users/@me/lists/l1`, answer: list }],
    data: list,
  },
  {
    tool: 'GOOGLETASKS_PATCH_TASK_LIST',
    given: { tasklist_id: 'l1', updated_title: 'House' },
    asks: [{ request: `PATCH ${API}/users/@me/lists/l1`, body: { title: 'House' }, answer: list }],
    data: list,
  },
  {
    tool: 'GOOGLETASKS_DELETE_TASK_LIST',
    given: { tasklist_id: 'l1' },
    asks: [{ request: `DELETE ${API}/users/@me/lists/l1`, status: 204, answer: '' }],
    data: { success: true },
  },
]);
