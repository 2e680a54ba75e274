import { expect } from 'vitest';
import { describeToolkit, shipped, type Run } from '../describe-toolkit.js';

/** A document holds what is asked for; its spaces are its own affair. */
const asked = (
  tool: string,
  given: Record<string, unknown>,
  sent: { query: string; variables?: unknown },
  answer: object,
  data: object,
): Run => ({
  tool,
  given,
  asks: [
    {
      request: 'POST https://api.linear.app/graphql',
      headers: { authorization: 'Bearer test-token' },
      body: { query: expect.stringContaining(sent.query), variables: sent.variables ?? {} },
      answer: { data: answer },
    },
  ],
  data,
});
const pageInfo = { hasNextPage: true, endCursor: 'c' };
const issue = { id: 'i1', title: 'Broken' };
const team = { id: 't1', members: { nodes: [{ id: 'u1' }] }, projects: { nodes: [] } };

describeToolkit(shipped('linear'), [
  asked(
    'LINEAR_CREATE_LINEAR_ISSUE',
    { team_id: 't1', title: 'Broken', label_ids: ['l1'], due_date: '2026-03-01', priority: 2 },
    {
      query: 'issueCreate(input: $input)',
      variables: {
        input: { title: 'Broken', teamId: 't1', dueDate: '2026-03-01', labelIds: ['l1'], priority: 2 },
      },
    },
    { issueCreate: { success: true, issue: { ...issue, description: null, url: 'https://linear.app/i1' } } },
    { id: 'i1', issue_title: 'Broken', ticket_url: 'https://linear.app/i1' },
  ),
  {
    tool: 'LINEAR_CREATE_LINEAR_ISSUE',
    when: 'of no team',
    given: { team_id: 'none', title: 'Broken' },
    asks: [
      {
        request: 'POST https://api.linear.app/graphql',
        body: { query: expect.any(String), variables: { input: { title: 'Broken', teamId: 'none' } } },
        answer: { data: null, errors: [{ message: 'Entity not found: Team' }] },
      },
    ],
    error: 'Entity not found: Team',
  },
  asked(
    'LINEAR_UPDATE_ISSUE',
    { issue_id: 'ENG-1', state_id: 's1' },
    { query: 'issueUpdate(id: $id, input: $input)', variables: { id: 'ENG-1', input: { stateId: 's1' } } },
    { issueUpdate: { success: true, issue } },
    { success: true, issue },
  ),
  asked(
    'LINEAR_GET_LINEAR_ISSUE',
    { issue_id: 'ENG-1' },
    { query: 'issue(id: $id)', variables: { id: 'ENG-1' } },
    { issue },
    { issue },
  ),
  asked(
    'LINEAR_LIST_LINEAR_ISSUES',
    { project_id: 'p1', after: 'c0' },
    {
      query: 'issues(first: $first, after: $after, filter: $filter)',
      variables: { first: 10, after: 'c0', filter: { project: { id: { eq: 'p1' } } } },
    },
    { issues: { nodes: [issue], pageInfo } },
    { issues: [issue], page_info: pageInfo },
  ),
  asked(
    'LINEAR_LIST_ISSUES_BY_TEAM_ID',
    { team_id: 't1', first: 5 },
    { query: 'team(id: $id) { issues(', variables: { id: 't1', first: 5 } },
    { team: { issues: { nodes: [issue], pageInfo } } },
    { issues: [issue] },
  ),
  asked(
    'LINEAR_SEARCH_ISSUES',
    { query: 'broken' },
    { query: 'searchIssues(term: $term', variables: { term: 'broken', first: 10 } },
    { searchIssues: { nodes: [issue], pageInfo } },
    { issues: [issue] },
  ),
  asked(
    'LINEAR_DELETE_LINEAR_ISSUE',
    { issue_id: 'i1' },
    { query: 'issueDelete(id: $id)', variables: { id: 'i1' } },
    { issueDelete: { success: true } },
    { success: true },
  ),
  asked(
    'LINEAR_ARCHIVE_ISSUE',
    { issue_id: 'i1' },
    { query: 'issueArchive(id: $id)', variables: { id: 'i1' } },
    { issueArchive: { success: true } },
    { success: true },
  ),
  asked(
    'LINEAR_REMOVE_ISSUE_LABEL',
    { issue_id: 'i1', label_id: 'l1' },
    { query: 'issueRemoveLabel(id: $id, labelId: $labelId)', variables: { id: 'i1', labelId: 'l1' } },
    { issueRemoveLabel: { success: true, issue } },
    { issue },
  ),
  asked(
    'LINEAR_CREATE_LINEAR_COMMENT',
    { issue_id: 'i1', body: 'Why?' },
    { query: 'commentCreate(input: $input)', variables: { input: { issueId: 'i1', body: 'Why?' } } },
    {
      commentCreate: { success: true, comment: { id: 'c1', body: 'Why?', user: { id: 'u1', name: 'Ann' } } },
    },
    { id: 'c1', body: 'Why?', user_id: 'u1', user_name: 'Ann' },
  ),
  asked(
    'LINEAR_LIST_LINEAR_TEAMS',
    { project_id: 'p1' },
    { query: 'project(id: $id) { teams(', variables: { id: 'p1' } },
    { project: { teams: { nodes: [team] } } },
    { teams: [{ id: 't1', members: [{ id: 'u1' }], projects: [] }] },
  ),
  asked(
    'LINEAR_LIST_LINEAR_TEAMS',
    {},
    { query: 'query { teams(' },
    { teams: { nodes: [team] } },
    { teams: [{ id: 't1', members: [{ id: 'u1' }], projects: [] }] },
  ),
  asked(
    'LINEAR_GET_ALL_LINEAR_TEAMS',
    {},
    { query: 'teams(' },
    { teams: { nodes: [{ id: 't1' }] } },
    { teams: [{ id: 't1' }] },
  ),
  asked(
    'LINEAR_LIST_LINEAR_PROJECTS',
    {},
    { query: 'projects(first: $first', variables: { first: 50 } },
    { projects: { nodes: [{ id: 'p1' }], pageInfo } },
    { projects: [{ id: 'p1' }], page_info: pageInfo },
  ),
  asked(
    'LINEAR_CREATE_LINEAR_PROJECT',
    { name: 'Move', team_ids: ['t1'], target_date: '2026-03-01' },
    {
      query: 'projectCreate(input: $input)',
      variables: { input: { name: 'Move', teamIds: ['t1'], targetDate: '2026-03-01' } },
    },
    { projectCreate: { success: true, project: { id: 'p1' } } },
    { project: { id: 'p1' } },
  ),
  asked(
    'LINEAR_LIST_LINEAR_STATES',
    { team_id: 't1' },
    { query: 'states {', variables: { id: 't1' } },
    { team: { states: { nodes: [{ id: 's1' }] } } },
    { states: [{ id: 's1' }], items: [{ id: 's1' }] },
  ),
  asked(
    'LINEAR_LIST_LINEAR_LABELS',
    { team_id: 't1' },
    { query: 'labels(', variables: { id: 't1' } },
    { team: { labels: { nodes: [{ id: 'l1' }] } } },
    { labels: [{ id: 'l1' }] },
  ),
  asked(
    'LINEAR_CREATE_LINEAR_LABEL',
    { team_id: 't1', name: 'bug', color: '#ff0000' },
    {
      query: 'issueLabelCreate(input: $input)',
      variables: { input: { teamId: 't1', name: 'bug', color: '#ff0000' } },
    },
    { issueLabelCreate: { issueLabel: { id: 'l1', name: 'bug', createdAt: 'now', team: { id: 't1' } } } },
    { id: 'l1', name: 'bug', created_at: 'now', team_id: 't1' },
  ),
  asked(
    'LINEAR_LIST_LINEAR_USERS',
    { first: 2 },
    { query: 'users(first: $first', variables: { first: 2 } },
    { users: { nodes: [{ id: 'u1' }], pageInfo } },
    { users: [{ id: 'u1' }] },
  ),
  asked(
    'LINEAR_LIST_LINEAR_CYCLES',
    {},
    { query: 'cycles(' },
    { cycles: { nodes: [{ id: 'c1' }] } },
    { cycles: [{ id: 'c1' }] },
  ),
  asked(
    'LINEAR_GET_CYCLES_BY_TEAM_ID',
    { team_id: 't1' },
    { query: 'cycles(', variables: { id: 't1' } },
    { team: { cycles: { nodes: [{ id: 'c1' }] } } },
    { cycles: [{ id: 'c1' }] },
  ),
  asked(
    'LINEAR_GET_CURRENT_USER',
    {},
    { query: 'viewer {' },
    { viewer: { id: 'u1' } },
    { user: { id: 'u1' } },
  ),
  asked(
    'LINEAR_RUN_QUERY_OR_MUTATION',
    { query_or_mutation: 'query($n: Int) { teams(first: $n) { nodes { id } } }', variables: { n: 1 } },
    { query: 'teams(first: $n)', variables: { n: 1 } },
    { teams: { nodes: [] } },
    { teams: { nodes: [] } },
  ),
]);
