import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { direction, issueNumber, paging, repository } from './fields.js';

const issueFields = {
  body: z.string().optional().describe('Text of the issue, in Markdown.'),
  assignee: z.string().optional().describe('Login of one person to assign; `assignees` is the newer field.'),
  assignees: z.array(z.string()).optional().describe('Logins of the people to assign.'),
  labels: z.array(z.string()).optional().describe('Names of the labels.'),
  milestone: z.union([z.string(), z.int()]).optional().describe('Number of the milestone.'),
};

export const issueTools: HttpTool[] = [
  httpTool({
    slug: 'GITHUB_CREATE_AN_ISSUE',
    name: 'Create an issue',
    description: 'Opens a new issue in a repository: reports a bug, asks for a feature, files a task.',
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues',
    input: z.object({
      ...repository,
      title: z.string().min(1).describe('Title of the issue.'),
      ...issueFields,
    }),
    tags: ['important'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_GET_AN_ISSUE',
    name: 'Get an issue',
    description: 'Reads one issue or pull request by its number: title, text, state, labels and people.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    input: z.object({ ...repository, issue_number: issueNumber }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_REPOSITORY_ISSUES',
    name: 'List repository issues',
    description:
      'Lists the issues of a repository, open ones unless asked otherwise. Pull requests count as issues for GitHub and are among them.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues',
    dataKey: 'issues',
    input: z.object({
      ...repository,
      state: z.enum(['open', 'closed', 'all']).default('open').describe('Which issues to list.'),
      labels: z.string().optional().describe('Names of labels joined by commas; an issue must have all.'),
      assignee: z.string().optional().describe('Login of the assignee, `none` or `*`.'),
      creator: z.string().optional().describe('Login of who opened the issue.'),
      mentioned: z.string().optional().describe('Login of somebody mentioned in it.'),
      milestone: z.string().optional().describe('Number of the milestone, `none` or `*`.'),
      since: z.iso.datetime().optional().describe('Only issues updated after this time, ISO 8601.'),
      sort: z.enum(['created', 'updated', 'comments']).default('created').describe('What to sort by.'),
      direction: direction.default('desc'),
      ...paging,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_UPDATE_AN_ISSUE',
    name: 'Update an issue',
    description:
      'Changes an issue: title, text, labels, people, or closes and reopens it. Fields left out stay.',
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    input: z.object({
      ...repository,
      issue_number: issueNumber,
      title: z.string().min(1).optional().describe('New title.'),
      ...issueFields,
      state: z.enum(['open', 'closed']).optional().describe('closed closes it, open reopens it.'),
      state_reason: z
        .enum(['completed', 'not_planned', 'reopened'])
        .optional()
        .describe('Why the state changes.'),
    }),
    tags: ['important', 'destructiveHint', 'idempotentHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_CREATE_AN_ISSUE_COMMENT',
    name: 'Create an issue comment',
    description: 'Writes a comment under an issue or a pull request.',
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    input: z.object({
      ...repository,
      issue_number: issueNumber,
      body: z.string().min(1).describe('Text of the comment, in Markdown.'),
    }),
    tags: ['important'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_ISSUE_COMMENTS',
    name: 'List issue comments',
    description: 'Lists the comments under an issue or a pull request, oldest first.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    dataKey: 'comments',
    input: z.object({
      ...repository,
      issue_number: issueNumber,
      since: z.iso.datetime().optional().describe('Only comments updated after this time, ISO 8601.'),
      ...paging,
    }),
    tags: ['readOnlyHint'],
    scopes: ['repo'],
  }),
];
