import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { paging, pullNumber, repository } from './fields.js';

export const pullRequestTools: HttpTool[] = [
  httpTool({
    slug: 'GITHUB_LIST_PULL_REQUESTS',
    name: 'List pull requests',
    description: 'Lists the pull requests of a repository, open ones unless asked otherwise.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    dataKey: 'pull_requests',
    input: z.object({
      ...repository,
      state: z.enum(['open', 'closed', 'all']).default('open').describe('Which pull requests to list.'),
      head: z.string().optional().describe('Only from this branch, written `owner:branch`.'),
      base: z.string().optional().describe('Only into this branch.'),
      sort: z
        .enum(['created', 'updated', 'popularity', 'long-running'])
        .default('created')
        .describe('What to sort by.'),
      direction: z.enum(['asc', 'desc']).optional().describe('Order of the sorting.'),
      ...paging,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_GET_A_PULL_REQUEST',
    name: 'Get a pull request',
    description: 'Reads one pull request: text, branches, whether it can be merged, and its size.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    input: z.object({ ...repository, pull_number: pullNumber }),
    tags: ['readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_CREATE_A_PULL_REQUEST',
    name: 'Create a pull request',
    description: 'Proposes to merge one branch into another.',
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls',
    input: z.object({
      ...repository,
      head: z.string().min(1).describe('Branch with the changes; `user:branch` from a fork.'),
      base: z.string().min(1).describe('Branch to merge into.'),
      title: z.string().optional().describe('Title; needed unless `issue` is given.'),
      body: z.string().optional().describe('Text, in Markdown.'),
      draft: z.boolean().optional().describe('Whether it begins as a draft.'),
      head_repo: z.string().optional().describe('Repository of head, when both belong to one organisation.'),
      issue: z.int().optional().describe('Number of an issue to turn into the pull request.'),
      maintainer_can_modify: z.boolean().optional().describe('Whether maintainers may push to head.'),
    }),
    tags: ['important'],
    scopes: ['repo'],
  }),
];
