import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { API, expand, maxResults, Named, READ, startAt, User } from './fields.js';

export const workspaceTools: ToolSpec[] = [
  requestTool({
    slug: 'JIRA_GET_ALL_PROJECTS',
    name: 'Get all projects',
    description: 'Lists the projects that the account can see, with their keys and names.',
    input: z.object({
      query: z.string().optional().describe('Part of a key or name.'),
      action: z
        .enum(['view', 'browse', 'edit', 'create'])
        .default('view')
        .describe('Only those where it may do this.'),
      maxResults: maxResults(50),
      startAt,
      orderBy: z.string().default('name').describe('What to sort by, such as key or -lastIssueUpdatedTime.'),
      expand,
      status: z.array(z.string()).optional().describe('live, archived, deleted.'),
      categoryId: z.int().optional().describe('Only of this category.'),
      properties: z.array(z.string()).optional().describe('Properties to tell.'),
    }),
    output: z.looseObject({ values: z.array(Named.extend({ key: z.string() })), total: z.int().optional() }),
    covers: ['GET /rest/api/3/project/search'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: (query) => ({ method: 'GET', url: `${API}/project/search`, query }),
  }),
  requestTool({
    slug: 'JIRA_GET_PROJECT',
    name: 'Get project',
    description: 'Reads one project: name, lead, kinds of issues, components, versions.',
    input: z.object({
      project_id_or_key: z.string().min(1).describe('Key or id of the project.'),
      expand,
      properties: z.array(z.string()).optional().describe('Properties to tell.'),
    }),
    output: z.looseObject({ id: z.string(), key: z.string() }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ project_id_or_key, ...query }) => ({
      method: 'GET',
      url: API + path`/project/${project_id_or_key}`,
      query,
    }),
  }),
  requestTool({
    slug: 'JIRA_FIND_USERS',
    name: 'Find users',
    description: 'Finds people by a part of their name or address.',
    input: z.object({
      query: z.string().optional().describe('Part of a name or address.'),
      account_id: z.string().optional().describe('Account id, instead of a name.'),
      active: z.boolean().default(true).describe('Only people who can sign in.'),
      max_results: maxResults(50),
      start_at: startAt,
    }),
    output: z.object({ users: z.array(User), total: z.int() }),
    tags: ['readOnlyHint'],
    scopes: ['read:jira-user'],
    request: ({ query, account_id, max_results, start_at }) => ({
      method: 'GET',
      url: `${API}/user/search`,
      query: {
        query: account_id ? undefined : (query ?? ''),
        accountId: account_id,
        maxResults: max_results,
        startAt: start_at,
      },
    }),
    answer: (body, { active }) => {
      const users = z
        .array(User)
        .parse(body)
        .filter((person) => !active || person['active'] !== false);
      return { users, total: users.length };
    },
  }),
  requestTool({
    slug: 'JIRA_GET_CURRENT_USER',
    name: 'Get current user',
    description: 'Tells as whom the account acts.',
    input: z.object({ expand }),
    output: User,
    tags: ['readOnlyHint'],
    scopes: ['read:jira-user'],
    request: (query) => ({ method: 'GET', url: `${API}/myself`, query }),
  }),
  requestTool({
    slug: 'JIRA_GET_ISSUE_TYPES',
    name: 'Get issue types',
    description: 'Lists the kinds of issues that there are.',
    input: z.object({}),
    output: z.object({ issue_types: z.array(Named) }),
    covers: ['GET /rest/api/3/issuetype'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: () => ({ method: 'GET', url: `${API}/issuetype` }),
    answer: (issue_types) => ({ issue_types }),
  }),
  requestTool({
    slug: 'JIRA_LIST_BOARDS',
    name: 'List boards',
    description: 'Lists the boards, of one project if wanted.',
    input: z.object({
      projectKeyOrId: z.string().optional().describe('Only of this project.'),
      name: z.string().optional().describe('Part of the name.'),
      type: z.enum(['scrum', 'kanban']).optional().describe('Only of this kind.'),
      includePrivate: z.boolean().optional().describe('Whether private ones are told.'),
      orderBy: z.string().optional().describe('name or -name.'),
      max_results: maxResults(50),
      start_at: startAt,
    }),
    output: z.looseObject({ values: z.array(z.looseObject({ id: z.int() })) }),
    tags: ['readOnlyHint'],
    scopes: ['read:board-scope:jira-software'],
    request: ({ max_results, start_at, ...query }) => ({
      method: 'GET',
      url: '/rest/agile/1.0/board',
      query: { ...query, maxResults: max_results, startAt: start_at },
    }),
  }),
  requestTool({
    slug: 'JIRA_LIST_SPRINTS',
    name: 'List sprints',
    description: 'Lists the sprints of a board.',
    input: z.object({
      board_id: z.int().describe('Number of the board.'),
      state: z.string().optional().describe('future, active, closed, joined by commas.'),
      max_results: maxResults(50),
      start_at: startAt,
    }),
    output: z.looseObject({ values: z.array(z.looseObject({ id: z.int() })) }),
    tags: ['readOnlyHint'],
    scopes: ['read:sprint:jira-software'],
    request: ({ board_id, state, max_results, start_at }) => ({
      method: 'GET',
      url: path`/rest/agile/1.0/board/${board_id}/sprint`,
      query: { state, maxResults: max_results, startAt: start_at },
    }),
  }),
];
