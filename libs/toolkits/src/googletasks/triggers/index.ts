import { z } from 'zod';
import { googleScopes } from '../../google.js';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { changes, type ChangeSource } from '../../triggers/changes.js';

const READ = googleScopes('tasks.readonly');
const MAX_PAGES = 10;
const Task = z.looseObject({
  id: z.string(),
  title: z.string().optional(),
  updated: z.string(),
  status: z.string(),
});
const Tasks = z.looseObject({ items: z.array(Task).optional(), nextPageToken: z.string().optional() });
const List = z.looseObject({ id: z.string(), title: z.string(), updated: z.string().optional() });
const Lists = z.looseObject({ items: z.array(List).optional() });

const ofList = {
  tasklist_id: z.string().min(1).default('@default').describe('Id of the list; the default one without it.'),
};
const taskPayload = z.object({
  event_type: z.string().describe('`task_created` or `task_updated`.'),
  task_id: z.string().describe('Id of the task.'),
  title: z.string().describe('What is to be done.'),
  status: z.string().describe('`needsAction` or `completed`.'),
  updated: z.string().describe('When it was changed last, ISO 8601.'),
  task: z.looseObject({}).describe("Google's own fields of it."),
});
type Found = z.output<typeof Task>;

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasks/list */
const read: ChangeSource<{ tasklist_id: string }, unknown, Found>['read'] = async ({
  config: { tasklist_id: list },
  runtime: { http },
}) => {
  const all: Found[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { maxResults: 100, showCompleted: true, showHidden: true, pageToken };
    const answer = await http.request({ method: 'GET', url: path`/tasks/v1/lists/${list}/tasks`, query });
    const { items = [], nextPageToken } = Tasks.parse(answer);
    all.push(...items);
    pageToken = nextPageToken;
    if (!pageToken) break;
  }
  return all.map((item) => ({ key: item.id, state: item.updated, item }));
};

const told = (event_type: string) => (task: Found) => {
  const { id: task_id, title = '', status, updated } = task;
  return { event_type, task_id, title, status, updated, task };
};

export const googletasksTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'GOOGLETASKS_NEW_TASK_CREATED_TRIGGER',
    name: 'New task',
    description: 'A task is written into a list.',
    scopes: READ,
    config: z.object(ofList),
    payload: taskPayload,
    poll: changes({ read, added: told('task_created') }),
  }),
  triggerType({
    slug: 'GOOGLETASKS_TASK_UPDATED_TRIGGER',
    name: 'Task updated',
    description: 'A task of a list is changed or done.',
    scopes: READ,
    config: z.object(ofList),
    payload: taskPayload,
    poll: changes({ read, changed: told('task_updated') }),
  }),
  triggerType({
    slug: 'GOOGLETASKS_NEW_TASK_LIST_CREATED_TRIGGER',
    name: 'New task list',
    description: 'A list for tasks is made.',
    scopes: READ,
    config: z.object({}),
    payload: z.object({
      tasklist_id: z.string().describe('Id of the list.'),
      title: z.string().describe('Its name.'),
    }),
    poll: changes({
      async read({ runtime: { http } }) {
        const query = { maxResults: 1000 };
        const answer = await http.request({ method: 'GET', url: '/tasks/v1/users/@me/lists', query });
        return (Lists.parse(answer).items ?? []).map((item) => ({ key: item.id, state: null, item }));
      },
      added: ({ id: tasklist_id, title }) => ({ tasklist_id, title }),
    }),
  }),
];
