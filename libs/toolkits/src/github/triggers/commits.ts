import { z } from 'zod';
import { path, ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type Poll, type TriggerEvent } from '../../trigger.js';
import { readCursor } from '../../triggers/cursor.js';
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
const PAGE = 100;

/** Where the branch stood, the newest first; null: it had no commit. */
const Position = z.object({ after: z.string().nullable(), before: z.array(z.string()).default([]) });
/** Of a branch that is rewritten all the time, the last of these may be in none of them. */
const MAX_BEFORE = 10;

/**
 * What a branch has that it had not when it was looked at last. After a push by force these are the commits that were
 * written anew; where GitHub does not know the commit any more that was replaced, they are counted from an earlier one.
 */
const newCommits: Poll<Repository, Payload> = async ({ config, cursor, runtime: { http } }) => {
  const { owner, repo } = config;
  const position = readCursor(Position, cursor);
  const head = await headOf(config, http);
  if (!position) return { events: [], cursor: { after: head ?? null, before: [] } };
  const known = [position.after, ...position.before].filter((sha) => sha !== null);
  if (head === undefined || head === position.after) return { events: [], cursor: position };
  const commits = known.length > 0 ? await since(known) : await first();
  const after = commits.length === PAGE ? (commits.at(-1)?.sha ?? head) : head;
  return {
    events: commits.map(fromCommit),
    cursor: { after, before: known.filter((sha) => sha !== after).slice(0, MAX_BEFORE) },
    more: commits.length === PAGE,
  };

  async function since(bases: string[]): Promise<z.output<typeof Commit>[]> {
    for (const base of bases) {
      const url = path`/repos/${owner}/${repo}/compare/${`${base}...${head}`}`;
      const answer = await http
        .request({ method: 'GET', url, query: { per_page: PAGE } })
        .catch(unlessUnknown);
      if (answer !== undefined) return Compared.parse(answer).commits;
    }
    return [];
  }
  async function first(): Promise<z.output<typeof Commit>[]> {
    const url = path`/repos/${owner}/${repo}/commits`;
    return z
      .array(Commit)
      .parse(await http.request({ method: 'GET', url, query: { per_page: PAGE } }))
      .toReversed();
  }
};

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof ToolFailure && statusOf(error) === 404)) throw error;
}

/** Of the default branch, as its commits are on it: their own times are the author's to choose. */
export const commitEvent = triggerType({
  slug: 'GITHUB_COMMIT_EVENT',
  name: 'Commit pushed',
  description: 'A commit comes into the repository: polled on its default branch, pushed from any of them.',
  instructions: 'The account needs the scope `repo`, and to administer the repository for its webhook.',
  scopes: ['repo'],
  config: z.object(repository),
  payload,
  poll: newCommits,
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
