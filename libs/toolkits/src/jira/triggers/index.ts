import type { TriggerHook } from '@patchbay/contracts';
import { z } from 'zod';
import { ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type Registered, type TriggerSpec, type TriggerWebhook } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { newItems } from '../../triggers/new-items.js';
import { isObject, part, text, textOrNull } from '../../triggers/reading.js';
import { adfText } from '../adf-text.js';
import { API, READ } from '../fields.js';
import { jiraReceiver } from './receiver.js';

const LIFE_MS = 30 * 24 * 60 * 60 * 1000;

const Issue = z.looseObject({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({ created: z.string(), updated: z.string() }),
  changelog: z
    .looseObject({ histories: z.array(z.looseObject({ created: z.string() })).optional() })
    .optional(),
});
type Issue = z.output<typeof Issue>;
const Found = z.looseObject({ issues: z.array(Issue), nextPageToken: z.string().optional() });
const Registration = z.looseObject({
  webhookRegistrationResult: z.array(
    z.looseObject({ createdWebhookId: z.number().optional(), errors: z.array(z.string()).optional() }),
  ),
});
const Refreshed = z.looseObject({ expirationDate: z.union([z.string(), z.number()]) });
const Projects = z.looseObject({
  values: z.array(z.looseObject({ id: z.string(), key: z.string(), name: z.string() })),
  isLast: z.boolean().optional(),
});

const ofProject = { project_key: z.string().min(1).describe('Key of the project, such as ENG.') };
type OfProject = { project_key: string };
const inProject = ({ project_key: key }: OfProject) => `project = "${key.replaceAll(/["\\]/g, '')}"`;

const issuePayload = {
  issue_id: z.string().describe('Id of the issue.'),
  issue_key: z.string().describe('Its key, such as ENG-12.'),
  project_key: z.string().describe('Key of its project.'),
  summary: z.string().describe('Its title.'),
  description: z.string().nullable().describe('Its text.'),
  reporter: z.string().describe('Name of who reported it.'),
  assignee: z.string().nullable().describe('Name of who has it.'),
};

function toPayload({ id, key, fields }: Pick<Issue, 'id' | 'key'> & { fields: Record<string, unknown> }) {
  const { description } = fields;
  return {
    issue_id: id,
    issue_key: key,
    project_key: text(part(fields, 'project')['key']) || key.replace(/-\d+$/, ''),
    summary: text(fields['summary']),
    description: description ? adfText(description) : null,
    reporter: text(part(fields, 'reporter')['displayName']),
    assignee: textOrNull(part(fields, 'assignee')['displayName']),
  };
}

/** Which fields were changed since then: from what to what. */
function updatedFields({ changelog }: Issue, since: number | undefined): Record<string, unknown> {
  const histories = (changelog?.histories ?? []).filter(
    ({ created }) => since === undefined || Date.parse(created) >= since,
  );
  return changedItems(histories.flatMap(({ items }) => (Array.isArray(items) ? items : [])));
}

function changedItems(items: unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    items
      .filter(isObject)
      .map((item) => [
        text(item['field']),
        { from: textOrNull(item['fromString']), to: textOrNull(item['toString']) },
      ]),
  );
}

/** The newest first, page by page until older: times of a search are in the time zone of whoever searches. */
async function search(
  http: ToolHttp,
  {
    jql,
    by,
    since,
    page,
  }: { jql: string; by: 'created' | 'updated'; since: string | undefined; page: unknown },
) {
  const query = {
    jql: `${jql} ORDER BY ${by} DESC`,
    fields: 'summary,description,reporter,assignee,project,created,updated',
    ...(by === 'updated' && { expand: 'changelog' }),
    maxResults: 50,
    nextPageToken: page,
  };
  const { issues, nextPageToken } = Found.parse(
    await http.request({ method: 'GET', url: `${API}/search/jql`, query }),
  );
  const oldest = issues.at(-1)?.fields[by];
  const isOver = !since || (oldest !== undefined && Date.parse(oldest) < Date.parse(since));
  return { items: issues, next: isOver ? undefined : nextPageToken };
}

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/#registering-a-webhook-using-the-rest-api */
function issueHook<P>(
  event: string,
  read: (body: Record<string, unknown>) => P,
): TriggerWebhook<OfProject, P> {
  return {
    receiver: jiraReceiver,
    isSignedByApp: true,
    async register({ config, url, runtime: { http, now, appSecret } }) {
      const json = { url, webhooks: [{ events: [event], jqlFilter: inProject(config) }] };
      const answer = await http.request({ method: 'POST', url: `${API}/webhook`, body: { json } });
      const [made] = Registration.parse(answer).webhookRegistrationResult;
      if (made?.createdWebhookId === undefined) {
        throw new ToolFailure(`Jira does not make the webhook: ${(made?.errors ?? []).join('; ')}`);
      }
      const expiresAt = new Date(now().getTime() + LIFE_MS).toISOString();
      return { ...signedBy(appSecret, { webhook_id: made.createdWebhookId }), expiresAt };
    },
    async renew({ hook, runtime: { http, appSecret } }) {
      const json = { webhookIds: [hook['webhook_id']] };
      const answer = await http.request({ method: 'PUT', url: `${API}/webhook/refresh`, body: { json } });
      const expiresAt = new Date(Refreshed.parse(answer).expirationDate).toISOString();
      return { ...signedBy(appSecret, hook), expiresAt };
    },
    async remove({ hook, runtime: { http } }) {
      // One that Jira does not know it ignores.
      const json = { webhookIds: [hook['webhook_id']] };
      await http.request({ method: 'DELETE', url: `${API}/webhook`, body: { json } });
    },
    events: ({ kind, body }) =>
      kind === event && isObject(body['issue'])
        ? [
            {
              payload: read(body),
              matches: ({ project_key: key }) =>
                key.toUpperCase() === text(part(body, 'issue', 'fields', 'project')['key']).toUpperCase(),
            },
          ]
        : [],
  };
}

/** What is verified from now on, where the app's secret is known. */
function signedBy(appSecret: string | undefined, hook: TriggerHook): Pick<Registered, 'hook' | 'secret'> {
  return appSecret ? { hook: { ...hook, signed: true }, secret: appSecret } : { hook };
}

function issueOf(body: Record<string, unknown>) {
  const { id, key } = part(body, 'issue');
  return toPayload({ id: text(id), key: text(key), fields: part(body, 'issue', 'fields') });
}

const instructions =
  'Webhooks are for accounts connected by OAuth with the scope manage:jira-webhook: for others it is polled.';

export const jiraTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'JIRA_NEW_ISSUE_TRIGGER',
    name: 'New issue',
    description: 'An issue is made in the project.',
    instructions,
    scopes: READ,
    config: z.object(ofProject),
    payload: z.object({ ...issuePayload, created_at: z.string().describe('When, ISO 8601.') }),
    poll: newItems({
      list: ({ config, since, page, runtime: { http } }) =>
        search(http, { jql: inProject(config), by: 'created', since, page }),
      keyOf: ({ id }) => `issue-${id}`,
      timeOf: ({ fields }) => fields.created,
      payload: (issue) => ({ ...toPayload(issue), created_at: issue.fields.created }),
    }),
    webhook: issueHook('jira:issue_created', (body) => ({
      ...issueOf(body),
      created_at: text(part(body, 'issue', 'fields')['created']),
    })),
  }),
  triggerType({
    slug: 'JIRA_UPDATED_ISSUE_TRIGGER',
    name: 'Issue updated',
    description: 'An issue of the project is changed.',
    instructions,
    scopes: READ,
    config: z.object(ofProject),
    payload: z.object({
      ...issuePayload,
      updated_at: z.string().describe('When, ISO 8601.'),
      updated_fields: z.looseObject({}).describe('What was changed: from what to what, by field.'),
    }),
    poll: newItems({
      list: ({ config, since, page, runtime: { http } }) =>
        search(http, { jql: inProject(config), by: 'updated', since, page }),
      keyOf: ({ id, fields }) => `issue-${id}-${fields.updated}`,
      timeOf: ({ fields }) => fields.updated,
      // What was just made was not changed.
      payload: (issue, { since }) =>
        issue.fields.updated === issue.fields.created
          ? undefined
          : {
              ...toPayload(issue),
              updated_at: issue.fields.updated,
              updated_fields: updatedFields(issue, since),
            },
    }),
    webhook: issueHook('jira:issue_updated', (body) => {
      const { items } = part(body, 'changelog');
      return {
        ...issueOf(body),
        updated_at: text(part(body, 'issue', 'fields')['updated']),
        updated_fields: changedItems(Array.isArray(items) ? items : []),
      };
    }),
  }),
  triggerType({
    slug: 'JIRA_NEW_PROJECT_TRIGGER',
    name: 'New project',
    description: 'A project is made that the account sees.',
    scopes: READ,
    config: z.object({}),
    payload: z.object({
      project_id: z.string().describe('Id of the project.'),
      project_key: z.string().describe('Its key.'),
      project_name: z.string().describe('Its name.'),
      project_type: z.string().describe('Its kind, such as software.'),
      lead_name: z.string().describe('Name of who leads it.'),
      created_at: z.string().describe('When it was found: Jira does not say when it was made.'),
    }),
    poll: changes({
      async read({ runtime: { http, now } }) {
        const found = [];
        for (let startAt = 0; startAt < 2_000; startAt += 50) {
          const query = { expand: 'lead', orderBy: 'key', maxResults: 50, startAt };
          const answer = await http.request({ method: 'GET', url: `${API}/project/search`, query });
          const { values, isLast = true } = Projects.parse(answer);
          found.push(...values);
          if (isLast) break;
        }
        return found.map((project) => ({
          key: project.id,
          state: null,
          item: { project, at: now().toISOString() },
        }));
      },
      added: ({ project, at }) => ({
        project_id: project.id,
        project_key: project.key,
        project_name: project.name,
        project_type: text(project['projectTypeKey']),
        lead_name: text(part(project, 'lead')['displayName']),
        created_at: at,
      }),
    }),
  }),
];
