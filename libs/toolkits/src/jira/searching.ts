import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { API, expand, maxResults, READ } from './fields.js';

const Found = z.looseObject({
  issues: z.array(z.looseObject({ id: z.string(), key: z.string().optional() })),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
});
/** Without being asked for any, Jira tells only ids. */
const FIELDS = [
  'summary',
  'status',
  'assignee',
  'priority',
  'issuetype',
  'project',
  'labels',
  'created',
  'updated',
  'duedate',
];
const jql = z
  .string()
  .min(1)
  .describe('The search in JQL, such as project = ENG AND status != Done ORDER BY created DESC.');
const nextPageToken = z.string().optional().describe('`nextPageToken` of the page before.');
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
const day = (what: string) =>
  z.string().optional().describe(`Only issues ${what} this day, as 2026-03-01 or -7d.`);

export const searchTools: ToolSpec[] = [
  requestTool({
    slug: 'JIRA_SEARCH_FOR_ISSUES_USING_JQL_POST',
    name: 'Search for issues using JQL (POST)',
    description: 'Finds issues by a JQL expression, page by page.',
    input: z.object({
      jql,
      fields: z.array(z.string()).default(FIELDS).describe('Which fields to tell; *all tells all.'),
      max_results: maxResults(50),
      nextPageToken,
      expand,
      properties: z.array(z.string()).optional().describe('Properties to tell, five at most.'),
      fields_by_keys: z.boolean().optional().describe('Whether fields are named by key.'),
      reconcileIssues: z.array(z.int()).optional().describe('Ids of issues that were changed a moment ago.'),
    }),
    output: Found,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ max_results, fields_by_keys, ...rest }) => ({
      method: 'POST',
      url: `${API}/search/jql`,
      body: { json: { ...rest, maxResults: max_results, fieldsByKeys: fields_by_keys } },
    }),
  }),
  requestTool({
    slug: 'JIRA_SEARCH_FOR_ISSUES_USING_JQL_GET',
    name: 'Search for issues using JQL (GET)',
    description: 'Finds issues by a short JQL expression; the one by POST takes long ones too.',
    input: z.object({
      jql,
      fields: z.string().default(FIELDS.join(',')).describe('Which fields to tell, joined by commas.'),
      max_results: maxResults(50),
      next_page_token: nextPageToken,
      expand,
      properties: z.array(z.string()).optional().describe('Properties to tell, five at most.'),
      fields_by_keys: z.boolean().optional().describe('Whether fields are named by key.'),
    }),
    output: Found,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ max_results, next_page_token, fields_by_keys, properties, ...rest }) => ({
      method: 'GET',
      url: `${API}/search/jql`,
      query: {
        ...rest,
        maxResults: max_results,
        nextPageToken: next_page_token,
        fieldsByKeys: fields_by_keys,
        properties: properties?.join(','),
      },
    }),
  }),
  requestTool({
    slug: 'JIRA_SEARCH_ISSUES',
    name: 'Search issues',
    description: 'Finds issues by project, state, person, label, date or words, without writing JQL.',
    input: z.object({
      jql: jql.optional(),
      project_key: z.string().optional().describe('Only of this project.'),
      text_search: z.string().optional().describe('Words in title, text or comments.'),
      status_id_or_name: z.string().optional().describe('Only in this state.'),
      issue_type_id_or_name: z.string().optional().describe('Only of this kind.'),
      priority_id_or_name: z.string().optional().describe('Only of this priority.'),
      sprint_id_or_name: z.string().optional().describe('Only of this sprint.'),
      assignee: z.string().optional().describe('Account id of the person, or currentUser().'),
      labels: z.array(z.string()).optional().describe('Labels that an issue must all have.'),
      created_after: day('made on or after'),
      created_before: day('made on or before'),
      updated_after: day('changed on or after'),
      updated_before: day('changed on or before'),
      max_results: maxResults(20),
      next_page_token: nextPageToken,
    }),
    output: Found.extend({ jql_used: z.string(), max_results: z.int() }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: (given) => ({
      method: 'POST',
      url: `${API}/search/jql`,
      body: {
        json: {
          jql: expressionOf(given),
          maxResults: given.max_results,
          nextPageToken: given.next_page_token,
          fields: FIELDS,
        },
      },
    }),
    answer: (body, given) => ({
      ...(body as object),
      jql_used: expressionOf(given),
      max_results: given.max_results,
    }),
  }),
];

/** Jira refuses a search of everything: without a condition it is the last thirty days. */
function expressionOf(given: Record<string, unknown>): string {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const is = (field: string, name: string, operator = '=') => {
    const value = text(name);
    return (
      value &&
      `${field} ${operator} ${value.endsWith('()') || /^-\d+[dwh]$/.test(value) ? value : quoted(value)}`
    );
  };
  const own = text('jql')?.split(/\s+order\s+by\s+/i);
  const conditions = [
    own?.[0] && `(${own[0]})`,
    is('project', 'project_key'),
    is('text', 'text_search', '~'),
    is('status', 'status_id_or_name'),
    is('issuetype', 'issue_type_id_or_name'),
    is('priority', 'priority_id_or_name'),
    is('sprint', 'sprint_id_or_name'),
    is('assignee', 'assignee'),
    ...((given['labels'] as string[] | undefined) ?? []).map((label) => `labels = ${quoted(label)}`),
    is('created', 'created_after', '>='),
    is('created', 'created_before', '<='),
    is('updated', 'updated_after', '>='),
    is('updated', 'updated_before', '<='),
  ].filter(Boolean);
  return `${conditions.join(' AND ') || 'updated >= -30d'} ORDER BY ${own?.[1] ?? 'updated DESC'}`;
}
