import { z } from 'zod';
import { functionTool, requestTool, type FunctionTool } from '../toolkit.js';
import { path, type ToolHttp } from '../tool-runtime.js';
import { repository } from './fields.js';

const Committed = z.looseObject({ commit: z.looseObject({ sha: z.string() }) });
const GitObject = z.looseObject({ sha: z.string() });
const Ref = z.looseObject({ ref: z.string(), object: z.looseObject({ sha: z.string() }) });
const text = (what: string) => z.string().optional().describe(what);
const filePath = z.string().min(1).describe('Path in the repository, without a leading slash.');
const branch = text('Branch; the default branch without it.');

const persons = {
  author__name: text('Name of the author; the account without it.'),
  author__email: text('Address of the author.'),
  committer__name: text('Name of the committer; the account without it.'),
  committer__email: text('Address of the committer.'),
};
const dates = {
  author__date: text('When it was written, ISO 8601.'),
  committer__date: text('When it was committed, ISO 8601.'),
};

/** `author__name` as `author.name`. */
function withPersons(given: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const [group = '', field] = name.split('__');
    if (value === undefined) continue;
    body[group] = field ? { ...(body[group] as object | undefined), [field]: value } : value;
  }
  return body;
}

/** A path keeps its slashes, and each of its parts stays in its place. */
export const contentsOf = (owner: string, repo: string, file: string): string =>
  path`/repos/${owner}/${repo}/contents` +
  file
    .split('/')
    .map((part) => path`/${part}`)
    .join('');

const refOf = (owner: string, repo: string, name: string): string =>
  path`/repos/${owner}/${repo}/git/ref/heads` +
  name
    .split('/')
    .map((part) => path`/${part}`)
    .join('');

async function defaultBranch(http: ToolHttp, owner: string, repo: string): Promise<string> {
  const found = await http.request({ method: 'GET', url: path`/repos/${owner}/${repo}` });
  return z.looseObject({ default_branch: z.string() }).parse(found).default_branch;
}

async function headOf(http: ToolHttp, owner: string, repo: string, name: string): Promise<string> {
  return Ref.parse(await http.request({ method: 'GET', url: refOf(owner, repo, name) })).object.sha;
}

export const commitTools: FunctionTool[] = [
  requestTool({
    slug: 'GITHUB_CREATE_OR_UPDATE_FILE_CONTENTS',
    name: 'Create or update file contents',
    description:
      'Writes one file of a repository in a commit of its own. GITHUB_COMMIT_MULTIPLE_FILES writes several at once.',
    input: z.object({
      ...repository,
      path: filePath,
      message: z.string().min(1).describe('What the commit is about.'),
      content: z.string().describe('The new content, in Base64.'),
      sha: text('Of a file that is there: the sha of its blob, as GITHUB_GET_REPOSITORY_CONTENT tells it.'),
      branch,
      ...persons,
      ...dates,
    }),
    output: Committed,
    covers: ['PUT /repos/{owner}/{repo}/contents/{path}'],
    tags: ['important', 'destructiveHint'],
    scopes: ['repo'],
    request: ({ owner, repo, path: file, ...given }) => ({
      method: 'PUT',
      url: contentsOf(owner, repo, file),
      body: { json: withPersons(given) },
    }),
  }),
  requestTool({
    slug: 'GITHUB_DELETE_A_FILE',
    name: 'Delete a file',
    description: 'Deletes one file of a repository in a commit of its own.',
    input: z.object({
      ...repository,
      path: filePath,
      message: z.string().min(1).describe('What the commit is about.'),
      sha: z.string().min(1).describe('Sha of its blob, as GITHUB_GET_REPOSITORY_CONTENT tells it.'),
      branch,
      ...persons,
    }),
    output: Committed,
    covers: ['DELETE /repos/{owner}/{repo}/contents/{path}'],
    tags: ['destructiveHint'],
    scopes: ['repo'],
    request: ({ owner, repo, path: file, ...given }) => ({
      method: 'DELETE',
      url: contentsOf(owner, repo, file),
      body: { json: withPersons(given) },
    }),
  }),
  functionTool({
    slug: 'GITHUB_CREATE_BRANCH',
    name: 'Create a branch',
    description: 'Makes a new branch that begins where another one is now.',
    input: z.object({
      ...repository,
      branch: z.string().min(1).describe('Name of the new branch.'),
      from_branch: text('Where it begins; the default branch without it.'),
    }),
    output: Ref,
    tags: [],
    scopes: ['repo'],
    run: async ({ owner, repo, branch: name, from_branch }, { http }) => {
      const from = from_branch ?? (await defaultBranch(http, owner, repo));
      const sha = await headOf(http, owner, repo, from);
      return Ref.parse(
        await http.request({
          method: 'POST',
          url: path`/repos/${owner}/${repo}/git/refs`,
          body: { json: { ref: `refs/heads/${name}`, sha } },
        }),
      );
    },
  }),
  functionTool({
    slug: 'GITHUB_COMMIT_MULTIPLE_FILES',
    name: 'Commit multiple files',
    description: 'Writes and deletes several files of a branch in one commit, all or none.',
    input: z.object({
      ...repository,
      branch,
      message: z.string().min(1).describe('What the commit is about.'),
      upserts: z
        .array(
          z.object({
            path: filePath,
            content: z.string().describe('The whole new content.'),
            encoding: z.enum(['utf-8', 'base64']).default('utf-8').describe('How content is written.'),
          }),
        )
        .default([])
        .describe('Files to write.'),
      deletes: z.array(filePath).default([]).describe('Paths of files to delete.'),
    }),
    output: z.object({ commit: GitObject, branch: z.string() }),
    tags: ['destructiveHint'],
    scopes: ['repo'],
    run: async ({ owner, repo, branch: given, message, upserts, deletes }, { http }) => {
      const name = given ?? (await defaultBranch(http, owner, repo));
      const git = path`/repos/${owner}/${repo}/git`;
      const post = async (what: string, json: object) =>
        GitObject.parse(await http.request({ method: 'POST', url: `${git}/${what}`, body: { json } }));
      const parent = await headOf(http, owner, repo, name);
      const entries: object[] = deletes.map((file) => ({
        path: file,
        mode: '100644',
        type: 'blob',
        sha: null,
      }));
      for (const { path: file, content, encoding } of upserts) {
        const { sha } = await post('blobs', { content, encoding });
        entries.push({ path: file, mode: '100644', type: 'blob', sha });
      }
      const tree = await post('trees', { base_tree: parent, tree: entries });
      const commit = await post('commits', { message, tree: tree.sha, parents: [parent] });
      // Not by force: what others have pushed meanwhile stays.
      await http.request({
        method: 'PATCH',
        url: refOf(owner, repo, name).replace('/git/ref/', '/git/refs/'),
        body: { json: { sha: commit.sha } },
      });
      return { commit, branch: name };
    },
  }),
];
