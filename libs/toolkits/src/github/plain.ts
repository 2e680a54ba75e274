import { writeJson } from '@patchbay/contracts';
import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { functionTool, graphqlTool, requestTool, type FunctionTool } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { contentsOf } from './commits.js';
import { repository } from './fields.js';

const Text = z.object({ text: z.string() });
const asText = (body: unknown) => ({ text: typeof body === 'string' ? body : writeJson(body) });

/** What takes or answers no JSON, and GraphQL. */
export const plainTools: FunctionTool[] = [
  requestTool({
    slug: 'GITHUB_RENDER_MARKDOWN_RAW',
    name: 'Render Markdown (raw mode)',
    description: 'Turns Markdown into HTML as a README on GitHub looks, without the links of a repository.',
    input: z.object({ text: z.string().min(1).describe('The Markdown.') }),
    output: Text,
    tags: ['readOnlyHint'],
    request: ({ text }) => ({
      method: 'POST',
      url: '/markdown/raw',
      body: { bytes: new TextEncoder().encode(text), mimetype: 'text/x-markdown' },
    }),
    answer: asText,
  }),
  requestTool({
    slug: 'GITHUB_GET_OCTOCAT',
    name: 'Get Octocat',
    description: 'Draws the Octocat in letters, with a sentence of yours in its speech bubble.',
    input: z.object({ s: z.string().optional().describe('What it says.') }),
    output: Text,
    tags: ['readOnlyHint'],
    request: (query) => ({ method: 'GET', url: '/octocat', query }),
    answer: asText,
  }),
  functionTool({
    slug: 'GITHUB_UPLOAD_RELEASE_ASSET',
    name: 'Upload a release asset',
    description: 'Adds a file to a release, for people to download.',
    input: z.object({
      ...repository,
      release_id: z.int().min(1).describe('Id of the release.'),
      file: fileInput('The file to upload.'),
      name: z.string().optional().describe('Name that it is downloaded by; that of the file without it.'),
      label: z.string().optional().describe('What is shown instead of the name.'),
    }),
    output: z.looseObject({ id: z.int(), name: z.string() }),
    tags: ['openWorldHint'],
    scopes: ['repo'],
    run: async ({ owner, repo, release_id, file, name, label }, { http, files }) => {
      const { bytes, mimetype, name: fileName } = await files.read(file);
      const uploaded = await http.request({
        method: 'POST',
        url: `https://uploads.github.com${path`/repos/${owner}/${repo}/releases/${release_id}/assets`}`,
        query: { name: name ?? fileName, label },
        body: { bytes, mimetype },
      });
      return z.looseObject({ id: z.int(), name: z.string() }).parse(uploaded);
    },
  }),
  requestTool({
    slug: 'GITHUB_GET_RAW_REPOSITORY_CONTENT',
    name: 'Get raw repository content',
    description: 'Reads a text file of a repository as it is, on any branch, tag or commit.',
    input: z.object({
      ...repository,
      path: z.string().min(1).describe('Path in the repository, without a leading slash.'),
      ref: z.string().optional().describe('Branch, tag or commit. Default: the default branch.'),
    }),
    output: Text,
    tags: ['readOnlyHint'],
    scopes: ['repo'],
    request: ({ owner, repo, path: file, ref }) => ({
      method: 'GET',
      url: contentsOf(owner, repo, file),
      query: { ref },
      headers: { accept: 'application/vnd.github.raw+json' },
    }),
    answer: asText,
  }),
  graphqlTool({
    slug: 'GITHUB_RUN_GRAPH_QL_QUERY',
    name: 'Run GraphQL query',
    description: "Sends a query or mutation of your own to GitHub's GraphQL API.",
    input: z.object({
      query: z.string().min(1).describe('The GraphQL document.'),
      variables: z.looseObject({}).optional().describe('Values of its variables, by name.'),
    }),
    output: z.looseObject({}),
    tags: ['destructiveHint'],
    scopes: ['repo'],
    document: ({ query }) => query,
    variables: ({ variables = {} }) => variables,
  }),
];
