import { z } from 'zod';
import { triggerType, type WebhookEvent } from '../../trigger.js';
import { part, text } from '../../triggers/reading.js';
import { repository, repositoryHook, type Repository } from './repository-hook.js';
import { repositoryList } from './repository-list.js';

const User = z.looseObject({ login: z.string() }).nullable();
const Issue = z.looseObject({
  id: z.number(),
  number: z.number(),
  title: z.string(),
  body: z.string().nullish(),
  html_url: z.string(),
  created_at: z.string(),
  user: User,
});
const Listed = Issue.extend({ pull_request: z.unknown().optional() });
/** https://docs.github.com/en/rest/issues/events */
const IssueEvent = z.looseObject({
  id: z.number(),
  event: z.string(),
  created_at: z.string(),
  actor: User,
  label: z.looseObject({ name: z.string() }).optional(),
  issue: Listed.optional(),
});

const opened = {
  action: z
    .string()
    .describe('What happened to it: `opened`; of a pull request that is pushed also `closed` and others.'),
  number: z.int().describe('Its number in the repository.'),
  title: z.string().describe('Its title.'),
  description: z.string().default('').describe('Its text.'),
  createdBy: z.string().describe('Login of who wrote it.'),
  createdAt: z.string().describe('When it was written, ISO 8601.'),
  url: z.string().describe('Where it can be seen.'),
};

function openedOf(thing: z.output<typeof Issue>, action: string) {
  return {
    action,
    number: thing.number,
    title: thing.title,
    description: thing.body ?? '',
    createdBy: thing.user?.login ?? '',
    createdAt: thing.created_at,
    url: thing.html_url,
  };
}

/** Of a delivery whose body holds it under a name: a delivery that does not is none of these. */
function pushed<P>(
  body: Record<string, unknown>,
  name: string,
  payload: (thing: z.output<typeof Issue>, action: string) => P | undefined,
): WebhookEvent<Repository, P>[] {
  const thing = Issue.safeParse(body[name]);
  if (!thing.success) return [];
  const found = payload(thing.data, text(body['action']));
  return found === undefined ? [] : [{ payload: found }];
}

export const issueAdded = triggerType({
  slug: 'GITHUB_ISSUE_ADDED_EVENT',
  aliases: ['GITHUB_ISSUE_CREATED_TRIGGER'],
  name: 'Issue opened',
  description: 'An issue is opened in the repository.',
  scopes: ['repo'],
  config: z.object(repository),
  payload: z.object({ ...opened, issue_id: z.int().describe('Id of the issue.') }),
  poll: repositoryList({
    list: 'issues',
    query: { state: 'all', sort: 'created', direction: 'desc' },
    item: Listed,
    keyOf: ({ id }) => `issue-${id}`,
    payload: (issue) =>
      issue.pull_request ? undefined : { ...openedOf(issue, 'opened'), issue_id: issue.id },
  }),
  webhook: repositoryHook('issues', ({ body }) =>
    pushed(body, 'issue', (issue, action) =>
      action === 'opened' ? { ...openedOf(issue, action), issue_id: issue.id } : undefined,
    ).map((event) => ({ ...event, id: `issue-${event.payload.issue_id}` })),
  ),
});

export const pullRequest = triggerType({
  slug: 'GITHUB_PULL_REQUEST_EVENT',
  name: 'Pull request',
  description: 'A pull request is opened; where it is pushed, also when it is closed, reopened or changed.',
  scopes: ['repo'],
  config: z.object(repository),
  payload: z.object(opened),
  poll: repositoryList({
    list: 'pulls',
    query: { state: 'all', sort: 'created', direction: 'desc' },
    item: Issue,
    keyOf: ({ id }) => `pull-${id}-opened`,
    payload: (pull) => openedOf(pull, 'opened'),
  }),
  webhook: repositoryHook('pull_request', (delivery) =>
    pushed(delivery.body, 'pull_request', openedOf).map((event) => {
      const id = text(part(delivery.body, 'pull_request')['id']);
      const { action } = event.payload;
      return { ...event, id: action === 'opened' ? `pull-${id}-opened` : delivery.id };
    }),
  ),
});

const labelled = z.object({
  action: z.string().describe('`labeled`'),
  label: z.string().describe('Name of the label.'),
  labeled_at: z.string().describe('When, ISO 8601.'),
  labeled_by: z.string().describe('Login of who did it.'),
  pull_request_number: z.int().describe('Number of the pull request.'),
  pull_request_title: z.string().describe('Its title.'),
  pull_request_url: z.string().describe('Where it can be seen.'),
});

export const labelAdded = triggerType({
  slug: 'GITHUB_LABEL_ADDED_EVENT',
  name: 'Label added to a pull request',
  description: 'A label is put on a pull request of the repository.',
  scopes: ['repo'],
  config: z.object(repository),
  payload: labelled,
  poll: repositoryList({
    list: 'issues/events',
    item: IssueEvent,
    keyOf: ({ id }) => `issue-event-${id}`,
    payload: ({ event, label, issue, actor, created_at: at }) =>
      event === 'labeled' && label && issue?.pull_request
        ? {
            action: event,
            label: label.name,
            labeled_at: at,
            labeled_by: actor?.login ?? '',
            pull_request_number: issue.number,
            pull_request_title: issue.title,
            pull_request_url: issue.html_url,
          }
        : undefined,
  }),
  webhook: repositoryHook('pull_request', ({ body }) =>
    pushed(body, 'pull_request', (pull, action) =>
      action === 'labeled'
        ? {
            action,
            label: text(part(body, 'label')['name']),
            labeled_at: text(part(body, 'pull_request')['updated_at']),
            labeled_by: text(part(body, 'sender')['login']),
            pull_request_number: pull.number,
            pull_request_title: pull.title,
            pull_request_url: pull.html_url,
          }
        : undefined,
    ),
  ),
});

const stateChange = z.object({
  action: z.string().describe('`closed` or `reopened`'),
  number: z.int().describe('Number of the issue.'),
  title: z.string().describe('Its title.'),
  changed_by: z.string().describe('Login of who did it.'),
  url: z.string().describe('Where it can be seen.'),
});
const STATE_CHANGES = new Set(['closed', 'reopened']);

export const issueStateChanged = triggerType({
  slug: 'GITHUB_ISSUE_STATE_CHANGED_TRIGGER',
  name: 'Issue closed or reopened',
  description: 'An issue of the repository is closed, or opened again.',
  scopes: ['repo'],
  config: z.object(repository),
  payload: stateChange,
  poll: repositoryList({
    list: 'issues/events',
    item: IssueEvent,
    keyOf: ({ id }) => `issue-event-${id}`,
    payload: ({ event, issue, actor }) =>
      issue && !issue.pull_request && STATE_CHANGES.has(event)
        ? {
            action: event,
            number: issue.number,
            title: issue.title,
            changed_by: actor?.login ?? '',
            url: issue.html_url,
          }
        : undefined,
  }),
  webhook: repositoryHook('issues', ({ body }) =>
    pushed(body, 'issue', (issue, action) =>
      STATE_CHANGES.has(action)
        ? {
            action,
            number: issue.number,
            title: issue.title,
            changed_by: text(part(body, 'sender')['login']),
            url: issue.html_url,
          }
        : undefined,
    ),
  ),
});
