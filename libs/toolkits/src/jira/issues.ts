import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, ToolFailure, type ToolRuntime } from '../tool-runtime.js';
import { adfText, toAdf } from './adf.js';
import {
  accountId,
  API,
  browserUrl,
  expand,
  findPerson,
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
const account = (id: string | undefined) => (id === undefined ? undefined : { accountId: id });

async function assigneeOf(
  { http }: ToolRuntime,
  given: { assignee?: string | undefined; assignee_name?: string | undefined },
) {
  return (
    given.assignee ?? (given.assignee_name && (await findPerson(http, given.assignee_name))) ?? undefined
  );
}

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
        description: given.description === undefined ? undefined : toAdf(given.description),
        environment: given.environment === undefined ? undefined : toAdf(given.environment),
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
        description: given.description === undefined ? undefined : toAdf(given.description),
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
  functionTool({
    slug: 'JIRA_ASSIGN_ISSUE',
    name: 'Assign issue',
    description: 'Gives an issue to a person, by account id or name; with neither, to nobody.',
    input: z.object({
      issue_id_or_key: issueKey,
      account_id: accountId,
      assignee_name: personName('who does it'),
    }),
    output: z.object({ success: z.boolean(), account_id: z.string().nullable() }),
    tags: ['idempotentHint'],
    scopes: WRITE,
    run: async ({ issue_id_or_key, account_id, assignee_name }, runtime) => {
      const id = (await assigneeOf(runtime, { assignee: account_id, assignee_name })) ?? null;
      const url = `${issuePath(issue_id_or_key)}/assignee`;
      await runtime.http.request({ method: 'PUT', url, body: { json: { accountId: id } } });
      return { success: true, account_id: id };
    },
  }),
  requestTool({
    slug: 'JIRA_GET_TRANSITIONS',
    name: 'Get transitions',
    description: 'Lists the ways on from the state of an issue, with the state that each leads to.',
    input: z.object({
      issue_id_or_key: issueKey,
      expand,
      transition_id: z.string().optional().describe('Only this one.'),
      include_unavailable_transitions: z
        .boolean()
        .optional()
        .describe('Whether those that cannot be taken are told.'),
      skip_remote_only_condition: z
        .boolean()
        .optional()
        .describe('Whether those hidden from people only are told.'),
      sort_by_ops_bar_and_status: z.boolean().optional().describe('Whether sorted as people see them.'),
    }),
    output: z.looseObject({ transitions: z.array(Named) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: (given) => ({
      method: 'GET',
      url: `${issuePath(given.issue_id_or_key)}/transitions`,
      query: {
        expand: given.expand,
        transitionId: given.transition_id,
        includeUnavailableTransitions: given.include_unavailable_transitions,
        skipRemoteOnlyCondition: given.skip_remote_only_condition,
        sortByOpsBarAndStatus: given.sort_by_ops_bar_and_status,
      },
    }),
  }),
  functionTool({
    slug: 'JIRA_TRANSITION_ISSUE',
    name: 'Transition issue',
    description:
      'Moves an issue on to another state, by the name or number of the way or the name of the state.',
    input: z.object({
      issue_id_or_key: issueKey,
      transition_id_or_name: z
        .string()
        .min(1)
        .describe('Number or name of the transition, or the state it leads to.'),
      comment: z.string().optional().describe('Comment to write with it, in Markdown.'),
      assignee: accountId.describe('Account id of the person who does it next.'),
      assignee_name: personName('who does it next'),
      resolution: z.string().optional().describe('Name of the resolution, such as Done.'),
      duedate: z.iso.date().optional().describe('Day that it is due.'),
      additional_fields: z.looseObject({}).optional().describe("More fields, in Jira's own form."),
    }),
    output: z.object({
      success: z.boolean(),
      issue_key: z.string(),
      transition_name: z.string(),
      new_status: z.string().optional(),
      browser_url: z.string().optional(),
    }),
    tags: ['important', 'destructiveHint'],
    scopes: WRITE,
    run: async (given, runtime) => {
      const url = `${issuePath(given.issue_id_or_key)}/transitions`;
      const { transitions } = z
        .object({
          transitions: z.array(z.looseObject({ id: z.string(), name: z.string(), to: Named.optional() })),
        })
        .parse(await runtime.http.request({ method: 'GET', url }));
      const wanted = given.transition_id_or_name.toLowerCase();
      const way = transitions.find(({ id, name, to }) =>
        [id, name, to?.name].some((text) => text?.toLowerCase() === wanted),
      );
      if (!way) {
        const known = transitions.map(({ name }) => name).join(', ') || 'none';
        throw new ToolFailure(
          `From its state there is no way ${given.transition_id_or_name}; there are: ${known}.`,
        );
      }
      const fields = {
        assignee: account(await assigneeOf(runtime, given)),
        resolution: given.resolution === undefined ? undefined : { name: given.resolution },
        duedate: given.duedate,
        ...given.additional_fields,
      };
      const update = given.comment ? { comment: [{ add: { body: toAdf(given.comment) } }] } : undefined;
      const json = { transition: { id: way.id }, fields, update };
      await runtime.http.request({ method: 'POST', url, body: { json } });
      return {
        success: true,
        issue_key: given.issue_id_or_key,
        transition_name: way.name,
        new_status: way.to?.name,
        browser_url: browserUrl(runtime, given.issue_id_or_key),
      };
    },
  }),
  functionTool({
    slug: 'JIRA_ADD_ATTACHMENT',
    name: 'Add attachment',
    description: 'Attaches a file to an issue.',
    input: z.object({ issue_key: issueKey, file_to_upload: fileInput('The file to attach.') }),
    output: z.object({ attachments: z.array(z.looseObject({ id: z.string() })) }),
    tags: [],
    scopes: WRITE,
    run: async ({ issue_key, file_to_upload }, { http, files }) => {
      const { bytes } = await files.read(file_to_upload.s3key);
      const { name, mimetype } = file_to_upload;
      const attachments = await http.request({
        method: 'POST',
        url: `${issuePath(issue_key)}/attachments`,
        // Without it Jira takes the request for a forged one.
        headers: { 'x-atlassian-token': 'no-check' },
        body: { parts: { file: { name, mimetype, bytes } } },
      });
      return { attachments: z.array(z.looseObject({ id: z.string() })).parse(attachments) };
    },
  }),
  functionTool({
    slug: 'JIRA_CREATE_ISSUE_LINK',
    name: 'Create issue link',
    description: 'Links two issues: one blocks, duplicates or relates to the other.',
    input: z.object({
      link_type: z
        .string()
        .min(1)
        .describe('Name of the kind of link, such as Blocks, Duplicate or Relates.'),
      inward_issue_key: issueKey,
      outward_issue_key: issueKey,
      comment: z.string().optional().describe('Comment to write with it, in Markdown.'),
    }),
    output: z.looseObject({ success: z.boolean() }),
    tags: [],
    scopes: WRITE,
    run: async ({ link_type, inward_issue_key, outward_issue_key, comment }, runtime) => {
      const json = {
        type: { name: link_type },
        inwardIssue: { key: inward_issue_key },
        outwardIssue: { key: outward_issue_key },
        comment: comment ? { body: toAdf(comment) } : undefined,
      };
      await runtime.http.request({ method: 'POST', url: `${API}/issueLink`, body: { json } });
      return {
        success: true,
        link_type,
        inward_issue_key,
        outward_issue_key,
        inward_issue_browser_url: browserUrl(runtime, inward_issue_key),
        outward_issue_browser_url: browserUrl(runtime, outward_issue_key),
      };
    },
  }),
];
