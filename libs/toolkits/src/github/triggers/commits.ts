import { z } from 'zod';
import { path, ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type TriggerEvent } from '../../trigger.js';
import { afterId } from '../../triggers/after-id.js';
import { isObject, part, text } from '../../triggers/reading.js';
import { statusOf } from '../../triggers/refusals.js';
import { repository, repositoryHook, type Repository } from './repository-hook.js';

const Commit = z.looseObject({
  sha: z.string(),
  html_url: z.string(),
  commit: z.looseObject({
    message: z.string(),
    author: z.looseObject({ name: z.string(), date: z.string() }).nullable(),
    committer: z.looseObject({ date: z.string() }).nullable().optional(),
  }),
});
const Compared = z.looseObject({ commits: z.array(Commit) });

const payload = z.object({
  id: z.string().describe('SHA of the commit.'),
  message: z.string().describe('Its message.'),
  timestamp: z.string().describe('When it was made, ISO 8601.'),
  author: z.string().describe('Who wrote it.'),
  url: z.string().describe('Where it can be seen.'),
});
type Payload = z.output<typeof payload>;

/** Of the default branch, as its commits are on it: their own times are the author's to choose. */
export const commitEvent = triggerType({
  slug: 'GITHUB_COMMIT_EVENT',
  name: 'Commit pushed',
  description: 'A commit comes into the repository: polled on its default branch, pushed from any of them.',
  instructions: 'The account needs the scope `repo`, and to administer the repository for its webhook.',
  scopes: ['repo'],
  config: z.object(repository),
  payload,
  poll: afterId({
    newest: ({ config, runtime }) => headOf(config, runtime.http),
    async after({ config, id, runtime: { http } }) {
      const head = await headOf(config, http);
      if (head === undefined || head === id) return { events: [], last: id };
      const { owner, repo } = config;
      const between = id ? path`/repos/${owner}/${repo}/compare/${`${id}...${head}`}` : undefined;
      const url = between ?? path`/repos/${owner}/${repo}/commits`;
      const answer = await http
        .request({ method: 'GET', url, query: { per_page: 100 } })
        .catch((error: unknown) => {
          // The commit that we know was taken away by force.
          if (id && error instanceof ToolFailure && statusOf(error) === 404) return { commits: [] };
          throw error;
        });
      const commits = between ? Compared.parse(answer).commits : z.array(Commit).parse(answer).toReversed();
      return {
        events: commits.map(fromCommit),
        last: commits.at(-1)?.sha ?? head,
        more: commits.length === 100,
      };
    },
  }),
  webhook: repositoryHook('push', ({ body }) => {
    const commits = Array.isArray(body['commits']) ? body['commits'].filter(isObject) : [];
    return commits.map((commit) => ({
      id: text(commit['id']),
      at: text(commit['timestamp']),
      payload: {
        id: text(commit['id']),
        message: text(commit['message']),
        timestamp: text(commit['timestamp']),
        author: text(part(commit, 'author')['name']),
        url: text(commit['url']),
      },
    }));
  }),
});

async function headOf({ owner, repo }: Repository, http: ToolHttp): Promise<string | undefined> {
  const newest = await http
    .request({ method: 'GET', url: path`/repos/${owner}/${repo}/commits`, query: { per_page: 1 } })
    .catch((error: unknown) => {
      // A repository without a commit.
      if (error instanceof ToolFailure && statusOf(error) === 409) return [];
      throw error;
    });
  return z.array(Commit).parse(newest)[0]?.sha;
}

function fromCommit({ sha, html_url: url, commit }: z.output<typeof Commit>): TriggerEvent<Payload> {
  const timestamp = commit.author?.date ?? commit.committer?.date ?? '';
  const author = commit.author?.name ?? '';
  return { id: sha, at: timestamp, payload: { id: sha, message: commit.message, timestamp, author, url } };
}
