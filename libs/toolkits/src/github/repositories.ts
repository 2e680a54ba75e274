import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { direction, paging, repository } from './fields.js';

export const repositoryTools: HttpTool[] = [
  httpTool({
    slug: 'GITHUB_GET_THE_AUTHENTICATED_USER',
    name: 'Get the authenticated user',
    description: 'Tells whose GitHub account is connected: login, name, profile and plan.',
    method: 'GET',
    path: '/user',
    input: z.object({}),
    tags: ['important', 'readOnlyHint'],
    scopes: ['read:user'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_REPOSITORIES_FOR_THE_AUTHENTICATED_USER',
    name: 'List repositories for the authenticated user',
    description: 'Lists the repositories the connected account owns, works on or can see through a team.',
    method: 'GET',
    path: '/user/repos',
    dataKey: 'repositories',
    input: z.object({
      type: z
        .enum(['all', 'owner', 'public', 'private', 'member'])
        .default('all')
        .describe('Which kind to list.'),
      sort: z
        .enum(['created', 'updated', 'pushed', 'full_name'])
        .default('full_name')
        .describe('What to sort by.'),
      direction,
      since: z.iso.datetime().optional().describe('Only those updated after this time, ISO 8601.'),
      before: z.iso.datetime().optional().describe('Only those updated before this time, ISO 8601.'),
      ...paging,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_GET_A_REPOSITORY',
    name: 'Get a repository',
    description: 'Reads one repository: description, default branch, visibility, licence and counts.',
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    input: z.object(repository),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_SEARCH_REPOSITORIES',
    name: 'Search repositories',
    description:
      "Finds repositories on all of GitHub with GitHub's search syntax, such as `topic:nats language:typescript stars:>100`.",
    method: 'GET',
    path: '/search/repositories',
    input: z.object({
      q: z.string().min(1).describe("Words and qualifiers of GitHub's repository search."),
      sort: z
        .enum(['stars', 'forks', 'help-wanted-issues', 'updated'])
        .optional()
        .describe('Default: best match.'),
      order: z.enum(['desc', 'asc']).default('desc').describe('Used only together with sort.'),
      ...paging,
    }),
    tags: ['important', 'readOnlyHint', 'openWorldHint'],
  }),
  httpTool({
    slug: 'GITHUB_STAR_A_REPOSITORY_FOR_THE_AUTHENTICATED_USER',
    name: 'Star a repository',
    description: 'Puts a star of the connected account on a repository. Doing it again changes nothing.',
    method: 'PUT',
    path: '/user/starred/{owner}/{repo}',
    input: z.object(repository),
    output: z.object({}),
    tags: ['important', 'idempotentHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_STARGAZERS',
    name: 'List stargazers',
    description: 'Lists the accounts that starred a repository.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/stargazers',
    dataKey: 'stargazers',
    input: z.object({ ...repository, ...paging }),
    tags: ['important', 'readOnlyHint'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_BRANCHES',
    name: 'List branches',
    description: 'Lists the branches of a repository with their newest commit.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/branches',
    dataKey: 'branches',
    input: z.object({
      ...repository,
      protected: z
        .boolean()
        .optional()
        .describe('true: only protected branches, false: only unprotected ones.'),
      ...paging,
    }),
    tags: ['readOnlyHint'],
    scopes: ['repo'],
  }),
  httpTool({
    slug: 'GITHUB_LIST_COMMITS',
    name: 'List commits',
    description: 'Lists commits of a repository, newest first; by branch, path, author or time if wanted.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits',
    dataKey: 'commits',
    input: z.object({
      ...repository,
      sha: z.string().optional().describe('Branch or commit to start from. Default: the default branch.'),
      path: z.string().optional().describe('Only commits that touched this file or folder.'),
      author: z.string().optional().describe("Login or mail address of the commits' author."),
      committer: z.string().optional().describe("Login or mail address of the commits' committer."),
      since: z.iso.datetime().optional().describe('Only commits after this time, ISO 8601.'),
      until: z.iso.datetime().optional().describe('Only commits before this time, ISO 8601.'),
      ...paging,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
];
