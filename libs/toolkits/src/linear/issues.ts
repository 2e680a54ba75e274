import { z } from 'zod';
import { graphqlTool, type ToolSpec } from '../toolkit.js';
import { after, connection, first, id, ISSUE, issueId, Node, PageInfo } from './fields.js';

const READ = ['read'];
const WRITE = ['write'];
const details = {
  description: z.string().optional().describe('Text of the issue, in Markdown.'),
  assignee_id: z.string().optional().describe('Id of the person who does it.'),
  cycle_id: z.string().optional().describe('Id of the cycle.'),
  due_date: z.iso.date().optional().describe('Day that it is due, as 2026-03-01.'),
  estimate: z.int().min(0).optional().describe("Points, on the team's scale."),
  label_ids: z.array(z.string()).optional().describe('Ids of its labels.'),
  parent_id: z.string().optional().describe('Id of the issue that it is a part of.'),
  priority: z.int().min(0).max(4).optional().describe('0 none, 1 urgent, 2 high, 3 normal, 4 low.'),
  project_id: z.string().optional().describe('Id of the project.'),
  state_id: z.string().optional().describe('Id of the state, of LINEAR_LIST_LINEAR_STATES.'),
};

type Details = Partial<z.output<z.ZodObject<typeof details>>> & {
  team_id?: string | undefined;
  title?: string | undefined;
};
const inLinearsWords = (given: Details) => ({
  title: given.title,
  description: given.description,
  teamId: given.team_id,
  assigneeId: given.assignee_id,
  cycleId: given.cycle_id,
  dueDate: given.due_date,
  estimate: given.estimate,
  labelIds: given.label_ids,
  parentId: given.parent_id,
  priority: given.priority,
  projectId: given.project_id,
  stateId: given.state_id,
});

const Changed = z.object({ success: z.boolean(), issue: Node });
const list = (data: Record<string, unknown>, key: string) => {
  const { nodes, pageInfo } = connection(data[key]);
  return { issues: nodes, page_info: pageInfo };
};
const Listed = z.object({ issues: z.array(Node), page_info: PageInfo });

export const issueTools: ToolSpec[] = [
  graphqlTool({
    slug: 'LINEAR_CREATE_LINEAR_ISSUE',
    name: 'Create Linear issue',
    description:
      'Opens a new issue for a team: with text, state, assignee, labels, priority and more if wanted.',
    input: z.object({
      team_id: id('team'),
      title: z.string().min(1).describe('Title of the issue.'),
      ...details,
    }),
    output: z.looseObject({
      id: z.string(),
      issue_title: z.string(),
      issue_description: z.string().nullish(),
      ticket_url: z.string(),
    }),
    tags: ['important'],
    scopes: WRITE,
    document: `mutation($input: IssueCreateInput!) {
      issueCreate(input: $input) { success issue { id identifier title description url } }
    }`,
    variables: (given) => ({ input: inLinearsWords(given) }),
    answer: (data) => {
      const { issue } = z
        .object({ issueCreate: z.object({ issue: z.looseObject({}) }) })
        .parse(data).issueCreate;
      return {
        id: issue['id'],
        identifier: issue['identifier'],
        issue_title: issue['title'],
        issue_description: issue['description'],
        ticket_url: issue['url'],
      };
    },
  }),
  graphqlTool({
    slug: 'LINEAR_UPDATE_ISSUE',
    name: 'Update issue',
    description:
      'Changes an issue: title, text, state, assignee, labels, priority and more. Fields left out stay.',
    input: z.object({
      issue_id: issueId,
      title: z.string().min(1).optional().describe('New title.'),
      team_id: z.string().optional().describe('Id of the team that it moves to.'),
      ...details,
    }),
    output: Changed,
    tags: ['important', 'idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    document: `mutation($id: String!, $input: IssueUpdateInput!) {
      issueUpdate(id: $id, input: $input) { success issue { ...IssueParts } }
    } ${ISSUE}`,
    variables: ({ issue_id, ...given }) => ({ id: issue_id, input: inLinearsWords(given) }),
    answer: (data) => data['issueUpdate'] as Record<string, unknown>,
  }),
  graphqlTool({
    slug: 'LINEAR_GET_LINEAR_ISSUE',
    name: 'Get Linear issue',
    description: 'Reads one issue with its comments, by its id or its key such as ENG-123.',
    input: z.object({ issue_id: issueId }),
    output: z.object({ issue: Node }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    document: `query($id: String!) {
      issue(id: $id) { ...IssueParts comments { nodes { id body createdAt user { id name } } } }
    } ${ISSUE}`,
    variables: ({ issue_id }) => ({ id: issue_id }),
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_LINEAR_ISSUES',
    name: 'List Linear issues',
    description: 'Lists issues, newest first, of a project or a person if wanted.',
    input: z.object({
      project_id: z.string().optional().describe('Only of this project.'),
      assignee_id: z.string().optional().describe('Only of this person.'),
      first: first(10),
      after,
    }),
    output: Listed,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    document: `query($first: Int, $after: String, $filter: IssueFilter) {
      issues(first: $first, after: $after, filter: $filter) {
        nodes { ...IssueParts } pageInfo { hasNextPage endCursor }
      }
    } ${ISSUE}`,
    variables: ({ project_id, assignee_id, ...page }) => ({
      ...page,
      filter: {
        ...(project_id && { project: { id: { eq: project_id } } }),
        ...(assignee_id && { assignee: { id: { eq: assignee_id } } }),
      },
    }),
    answer: (data) => list(data, 'issues'),
  }),
  graphqlTool({
    slug: 'LINEAR_LIST_ISSUES_BY_TEAM_ID',
    name: 'List issues by team ID',
    description: 'Lists the issues of one team, newest first.',
    input: z.object({ team_id: id('team'), first: first(10), after }),
    output: Listed,
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($id: String!, $first: Int, $after: String) {
      team(id: $id) { issues(first: $first, after: $after) {
        nodes { ...IssueParts } pageInfo { hasNextPage endCursor }
      } }
    } ${ISSUE}`,
    variables: ({ team_id, ...page }) => ({ id: team_id, ...page }),
    answer: ({ team }) => list(team as Record<string, unknown>, 'issues'),
  }),
  graphqlTool({
    slug: 'LINEAR_SEARCH_ISSUES',
    name: 'Search Linear issues',
    description: 'Finds issues by words in their title, text and comments.',
    input: z.object({
      query: z.string().min(1).describe('Words to find.'),
      include_archived: z.boolean().optional().describe('Whether archived issues count too.'),
      first: first(10),
      after,
    }),
    output: Listed,
    tags: ['readOnlyHint'],
    scopes: READ,
    document: `query($term: String!, $first: Int, $after: String, $includeArchived: Boolean) {
      searchIssues(term: $term, first: $first, after: $after, includeArchived: $includeArchived) {
        nodes { id identifier title url priority state { id name } assignee { id name } team { id key } }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variables: ({ query, include_archived, ...page }) => ({
      term: query,
      includeArchived: include_archived,
      ...page,
    }),
    answer: (data) => list(data, 'searchIssues'),
  }),
  graphqlTool({
    slug: 'LINEAR_DELETE_LINEAR_ISSUE',
    name: 'Delete issue',
    description: 'Moves an issue to the bin, which is emptied after thirty days.',
    input: z.object({ issue_id: issueId }),
    output: z.object({ success: z.boolean() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    document: `mutation($id: String!) { issueDelete(id: $id) { success } }`,
    variables: ({ issue_id }) => ({ id: issue_id }),
    answer: (data) => data['issueDelete'] as Record<string, unknown>,
  }),
  graphqlTool({
    slug: 'LINEAR_ARCHIVE_ISSUE',
    name: 'Archive issue',
    description: 'Puts an issue away; it can be found and brought back.',
    input: z.object({ issue_id: issueId }),
    output: z.object({ success: z.boolean() }),
    tags: ['idempotentHint'],
    scopes: WRITE,
    document: `mutation($id: String!) { issueArchive(id: $id) { success } }`,
    variables: ({ issue_id }) => ({ id: issue_id }),
    answer: (data) => data['issueArchive'] as Record<string, unknown>,
  }),
  graphqlTool({
    slug: 'LINEAR_REMOVE_ISSUE_LABEL',
    name: 'Remove label from Linear issue',
    description: 'Takes one label off an issue.',
    input: z.object({ issue_id: issueId, label_id: id('label') }),
    output: Changed,
    tags: ['idempotentHint'],
    scopes: WRITE,
    document: `mutation($id: String!, $labelId: String!) {
      issueRemoveLabel(id: $id, labelId: $labelId) { success issue { ...IssueParts } }
    } ${ISSUE}`,
    variables: ({ issue_id, label_id }) => ({ id: issue_id, labelId: label_id }),
    answer: (data) => data['issueRemoveLabel'] as Record<string, unknown>,
  }),
];
