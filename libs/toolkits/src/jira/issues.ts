import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { adfText } from './adf-text.js';
import {
  account,
  accountId,
  adfOf,
  API,
  assigneeOf,
  browserUrl,
  expand,
  issueKey,
  issuePath,
  Named,
  personName,
  READ,
  readObject,
  User,
  WRITE,
} from './fields.js';

const names = (list: string[] | undefined) => list?.map((name) => ({ name }));
const key = (value: string | undefined) => (value === undefined ? undefined : { key: value });

const Created = z.looseObject({ id: z.string(), key: z.string(), self: z.string() });

export const issueTools: ToolSpec[] = [
  functionTool({
    slug: 'JIRA_CREATE_ISSUE',
    name: 'Create issue',
    description: 'Opens a new issue in a project. Texts may be written in Markdown.',
    input: z.object({
      project_key: z.string().min(1).describe('Key of the project, such as ENG.'),
      summary: z.string().min(1).max(255).describe('Title of the issue, one line.'),
      issue_type: z.string().default('Task').describe('Its kind: Task, Bug, Story, Epic, Sub-task …'),
      description: z.string().optional().describe('Text of the issue, in Markdown.'),
      assignee: accountId.describe('Account id of the person who does it.'),
      assignee_name: personName('who does it'),
      reporter: accountId.describe('Account id of the person who reports it.'),
      priority: z.string().optional().describe('Name of the priority, such as High.'),
      labels: z.array(z.string()).optional().describe('Labels, without spaces.'),
      components: z.array(z.string()).optional().describe('Names of components.'),
      versions: z.array(z.string()).optional().describe('Names of the versions that it concerns.'),
      fix_versions: z.array(z.string()).optional().describe('Names of the versions in which it is mended.'),
      due_date: z.iso.date().optional().describe('Day that it is due, as 2026-03-01.'),
      environment: z.string().optional().describe('Where it happens, in Markdown.'),
      parent: z.string().optional().describe('Key of the epic or issue that it belongs to.'),
      sprint_id: z.int().optional().describe('Number of the sprint that it goes into.'),
      additional_properties: z
        .string()
        .optional()
        .describe('More fields as a JSON text, such as {"customfield_10001": 5}.'),
    }),
    output: Created.extend({ browser_url: z.string().optional() }),
    tags: ['important'],
    scopes: WRITE,
    run: async (given, runtime) => {
      const { http } = runtime;
      const fields = {
        project: { key: given.project_key },
        summary: given.summary,
        issuetype: { name: given.issue_type },
        description: given.description === undefined ? undefined : await adfOf(runtime, given.description),
        environment: given.environment === undefined ? undefined : await adfOf(runtime, given.environment),
        assignee: account(await assigneeOf(runtime, given)),
        reporter: account(given.reporter),
        priority: given.priority === undefined ? undefined : { name: given.priority },
        labels: given.labels,
        components: names(given.components),
        versions: names(given.versions),
        fixVersions: names(given.fix_versions),
        duedate: given.due_date,
        parent: key(given.parent),
        ...readObject(given.additional_properties, 'additional_properties'),
      };
      const created = Created.parse(
        await http.request({ method: 'POST', url: `${API}/issue`, body: { json: { fields } } }),
      );
      if (given.sprint_id !== undefined) {
        const url = path`/rest/agile/1.0/sprint/${given.sprint_id}/issue`;
        await http.request({ method: 'POST', url, body: { json: { issues: [created.key] } } });
      }
      return { ...created, browser_url: browserUrl(runtime, created.key) };
    },
  }),
  functionTool({
    slug: 'JIRA_EDIT_ISSUE',
    name: 'Edit issue',
    description: 'Changes fields of an issue; those left out stay. JIRA_TRANSITION_ISSUE changes its state.',
    input: z.object({
      issue_id_or_key: issueKey,
      summary: z.string().min(1).optional().describe('New title.'),
      description: z.string().optional().describe('New text, in Markdown.'),
      priority: z.string().optional().describe('Name of the new priority.'),
      assignee: accountId.describe('Account id of the person who does it.'),
      assignee_name: personName('who does it'),
      duedate: z.iso.date().optional().describe('Day that it is due, as 2026-03-01.'),
      labels: z.array(z.string()).optional().describe('All labels from now on.'),
      fields: z.looseObject({}).optional().describe("More fields, in Jira's own form."),
      notify_users: z.boolean().default(true).describe('Whether those who watch it get an e-mail.'),
    }),
    output: z.object({ success: z.boolean(), issue_key: z.string(), issue_data: z.looseObject({}) }),
    tags: ['important', 'idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    run: async (given, runtime) => {
      const fields = {
        summary: given.summary,
        description: given.description === undefined ? undefined : await adfOf(runtime, given.description),
        priority: given.priority === undefined ? undefined : { name: given.priority },
        assignee: account(await assigneeOf(runtime, given)),
        duedate: given.duedate,
        labels: given.labels,
        ...given.fields,
      };
      const url = issuePath(given.issue_id_or_key);
      const query = { notifyUsers: given.notify_users, returnIssue: true };
      const body = await runtime.http.request({ method: 'PUT', url, query, body: { json: { fields } } });
      return { success: true, issue_key: given.issue_id_or_key, issue_data: z.looseObject({}).parse(body) };
    },
  }),
  functionTool({
    slug: 'JIRA_GET_ISSUE',
    name: 'Get issue',
    description: 'Reads one issue: title, text, state, people, dates, labels, and the fields asked for.',
    input: z.object({
      issue_id_or_key: issueKey,
      fields: z.array(z.string()).optional().describe('Which fields to tell; without it, all.'),
      expand,
      fields_by_keys: z.boolean().default(false).describe('Whether fields are named by key.'),
      properties: z.array(z.string()).optional().describe('Properties to tell.'),
      update_history: z.boolean().default(false).describe('Whether it counts as seen by the account.'),
    }),
    output: z.looseObject({
      id: z.string(),
      key: z.string(),
      summary: z.string().optional(),
      status: z.string().optional(),
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async (given, runtime) => {
      const Fields = z.looseObject({
        summary: z.string().optional(),
        description: z.unknown(),
        status: Named.nullish(),
        issuetype: Named.nullish(),
        priority: Named.nullish(),
        assignee: User.nullish(),
        reporter: User.nullish(),
        components: z.array(Named).optional(),
        fixVersions: z.array(Named).optional(),
      });
      const body = await runtime.http.request({
        method: 'GET',
        url: issuePath(given.issue_id_or_key),
        query: {
          fields: given.fields?.join(','),
          expand: given.expand,
          fieldsByKeys: given.fields_by_keys || undefined,
          properties: given.properties?.join(','),
          updateHistory: given.update_history || undefined,
        },
      });
      const { fields, ...issue } = z
        .looseObject({ id: z.string(), key: z.string(), fields: Fields.default({ description: undefined }) })
        .parse(body);
      return {
        ...issue,
        browser_url: browserUrl(runtime, issue.key),
        summary: fields.summary,
        description: fields.description ? adfText(fields.description) : null,
        status: fields.status?.name,
        issue_type: fields.issuetype?.name,
        priority: fields.priority?.name,
        assignee: fields.assignee,
        reporter: fields.reporter,
        labels: fields['labels'],
        components: fields.components?.map(({ name }) => name),
        fix_versions: fields.fixVersions?.map(({ name }) => name),
        created: fields['created'],
        updated: fields['updated'],
        due_date: fields['duedate'],
        fields,
      };
    },
  }),
  requestTool({
    slug: 'JIRA_DELETE_ISSUE',
    name: 'Delete issue',
    description: 'Deletes an issue for ever, with its parts only if told to.',
    input: z.object({
      issue_id_or_key: issueKey,
      delete_subtasks: z
        .boolean()
        .default(false)
        .describe('Whether its sub-tasks go too; else they keep it.'),
    }),
    output: z.object({ message: z.string() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    request: ({ issue_id_or_key, delete_subtasks }) => ({
      method: 'DELETE',
      url: issuePath(issue_id_or_key),
      query: { deleteSubtasks: delete_subtasks },
    }),
    answer: (_, { issue_id_or_key }) => ({ message: `${issue_id_or_key} was deleted.` }),
  }),
];
