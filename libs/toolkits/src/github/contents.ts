import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { repository } from './fields.js';

export const contentTools: HttpTool[] = [
  httpTool({
    slug: 'GITHUB_GET_REPOSITORY_CONTENT',
    name: 'Get repository content',
    description:
      'Reads a file (its content is base64) or lists a folder of a repository, on any branch, tag or commit.',
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{+path}',
    dataKey: 'content',
    input: z.object({
      ...repository,
      path: z.string().describe('Path in the repository, without a leading slash.'),
      ref: z.string().optional().describe('Branch, tag or commit. Default: the default branch.'),
    }),
    output: z.object({ content: z.unknown() }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['repo'],
  }),
];
