import { z } from 'zod';

/** Arguments that many of GitHub's operations share, under GitHub's own names. */
export const repository = {
  owner: z.string().min(1).describe('Account that owns the repository, in any case.'),
  repo: z.string().min(1).describe('Name of the repository without the .git ending, in any case.'),
};
export const paging = {
  page: z.int().min(1).default(1).describe('Page of the results to fetch.'),
  per_page: z.int().min(1).max(100).default(30).describe('Results a page, 100 at most.'),
};
export const direction = z.enum(['asc', 'desc']).optional().describe('Order of the sorting.');
export const issueNumber = z.int().min(1).describe('Number of the issue, as in its address.');
export const pullNumber = z.int().min(1).describe('Number of the pull request, as in its address.');
