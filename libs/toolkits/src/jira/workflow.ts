import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';
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
  WRITE,
} from './fields.js';

export const workflowTools: ToolSpec[] = [
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
      const update = given.comment
        ? { comment: [{ add: { body: await adfOf(runtime, given.comment) } }] }
        : undefined;
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
      const file = await files.read(file_to_upload);
      const attachments = await http.request({
        method: 'POST',
        url: `${issuePath(issue_key)}/attachments`,
        // Without it Jira takes the request for a forged one.
        headers: { 'x-atlassian-token': 'no-check' },
        body: { parts: { file } },
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
        comment: comment ? { body: await adfOf(runtime, comment) } : undefined,
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
