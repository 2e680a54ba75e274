import { z } from 'zod';
import type { ToolHttp } from '../../tool-runtime.js';
import { triggerType } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { part, text } from '../../triggers/reading.js';
import { repository, repositoryHook } from './repository-hook.js';
import { repositoryList } from './repository-list.js';

/** https://docs.github.com/en/rest/activity/events: those of the last 90 days, 300 at most. */
const RepositoryEvent = z.looseObject({
  id: z.string(),
  type: z.string(),
  created_at: z.string(),
  actor: z.looseObject({ login: z.string() }),
  repo: z.looseObject({ id: z.number(), name: z.string() }),
});

export const starAdded = triggerType({
  slug: 'GITHUB_STAR_ADDED_EVENT',
  aliases: ['GITHUB_NEW_STARGAZER_ADDED_TRIGGER'],
  name: 'Star added',
  description: 'Somebody gives the repository a star.',
  scopes: ['repo'],
  config: z.object(repository),
  payload: z.object({
    action: z.string().describe('`created`'),
    repository_id: z.int().describe('Id of the repository.'),
    repository_name: z.string().describe('Name of the repository.'),
    repository_url: z.string().describe('Where it can be seen.'),
    starred_at: z.string().describe('When, ISO 8601.'),
    starred_by: z.string().describe('Login of who did it.'),
  }),
  poll: repositoryList({
    list: 'events',
    item: RepositoryEvent,
    keyOf: ({ id }) => `event-${id}`,
    payload: ({ type, actor, repo, created_at }) =>
      type === 'WatchEvent'
        ? {
            action: 'created',
            repository_id: repo.id,
            repository_name: repo.name.split('/').at(-1) ?? repo.name,
            repository_url: `https://github.com/${repo.name}`,
            starred_at: created_at,
            starred_by: actor.login,
          }
        : undefined,
  }),
  webhook: repositoryHook('star', ({ body }) => {
    if (text(body['action']) !== 'created') return [];
    const { id, name, html_url: url } = part(body, 'repository');
    const at = text(body['starred_at']);
    const payload = {
      action: 'created',
      repository_id: Number(id),
      repository_name: text(name),
      repository_url: text(url),
      starred_at: at,
      starred_by: text(part(body, 'sender')['login']),
    };
    return [{ at, payload }];
  }),
});

const Follower = z.looseObject({ id: z.number(), login: z.string() });

export const follower = triggerType({
  slug: 'GITHUB_FOLLOWER_EVENT',
  name: 'New follower',
  description: 'Somebody begins to follow the person of the account.',
  config: z.object({}),
  payload: z.object({ username: z.string().describe('Login of the follower.') }),
  poll: changes({
    async read({ runtime: { http } }) {
      const followers = await allPages(http, '/user/followers', {}, Follower);
      return followers.map((item) => ({ key: String(item.id), state: null, item }));
    },
    added: ({ login: username }) => ({ username }),
  }),
});

const Assigned = z.looseObject({
  id: z.number(),
  number: z.number(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  html_url: z.string(),
  repository: z.looseObject({ full_name: z.string() }).optional(),
});

export const assignedToMe = triggerType({
  slug: 'GITHUB_ISSUE_ASSIGNED_TO_ME_TRIGGER',
  name: 'Issue assigned to me',
  description: 'An issue or a pull request, in whatever repository, is given to the person of the account.',
  scopes: ['repo'],
  config: z.object({
    state: z.enum(['open', 'closed', 'all']).default('open').describe('Only those in this state.'),
  }),
  payload: z.object({
    issue_id: z.int().describe('Id of the issue.'),
    number: z.int().describe('Its number in the repository.'),
    title: z.string().describe('Its title.'),
    description: z.string().describe('Its text.'),
    state: z.string().describe('Its state.'),
    repository: z.string().describe('Owner and name of the repository.'),
    url: z.string().describe('Where it can be seen.'),
  }),
  poll: changes({
    async read({ config: { state }, runtime: { http } }) {
      const query = { filter: 'assigned', state, sort: 'updated' };
      const issues = await allPages(http, '/issues', query, Assigned);
      return issues.map((item) => ({ key: String(item.id), state: null, item }));
    },
    added: ({ id, number, title, body, state, repository: of, html_url: url }) => ({
      issue_id: id,
      number,
      title,
      description: body ?? '',
      state,
      repository: of?.full_name ?? '',
      url,
    }),
  }),
});

const PAGE_SIZE = 100;
/** Of what is looked at whole. */
const MAX_PAGES = 20;

async function allPages<T>(
  http: ToolHttp,
  url: string,
  query: Record<string, unknown>,
  item: z.ZodType<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await http.request({ method: 'GET', url, query: { ...query, per_page: PAGE_SIZE, page } });
    const items = z.array(item).parse(answer);
    all.push(...items);
    if (items.length < PAGE_SIZE) break;
  }
  return all;
}
