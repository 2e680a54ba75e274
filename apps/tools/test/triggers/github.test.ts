import { describeTriggers, HOOK_SECRET, HOOK_URL, type PushRow } from '../describe-triggers.js';
import { shipped } from '../describe-toolkit.js';

const API = 'https://api.github.com';
const config = { owner: 'octo', repo: 'Hello' };
const CONFIG_REPO = `${API}/repos/octo/Hello`;
const repository = {
  id: 7,
  name: 'hello',
  full_name: 'Octo/hello',
  html_url: 'https://github.com/octo/hello',
};
const ada = { login: 'ada' };

const hooked = (event: string, body: object, events: PushRow['events']): PushRow => ({
  config,
  registers: [
    {
      request: `POST ${CONFIG_REPO}/hooks`,
      body: {
        name: 'web',
        active: true,
        events: [event],
        config: { url: HOOK_URL, content_type: 'json', secret: HOOK_SECRET, insecure_ssl: '0' },
      },
      answer: { id: 12 },
    },
  ],
  hook: { event_type: event, github_hook_id: 12 },
  removes: [{ request: `DELETE ${CONFIG_REPO}/hooks/12`, status: 204 }],
  delivery: {
    headers: { 'x-github-event': event, 'x-github-delivery': 'd-1' },
    body: { ...body, repository, sender: ada },
  },
  events,
  foreign: { ...config, repo: 'other' },
});

const issue = (number: number, at: string, more: object = {}) => ({
  id: 100 + number,
  number,
  title: `Issue ${number}`,
  body: 'Broken',
  state: 'open',
  html_url: `https://github.com/octo/hello/issues/${number}`,
  created_at: at,
  user: ada,
  ...more,
});
const openedPayload = (number: number, at: string) => ({
  action: 'opened',
  number,
  title: `Issue ${number}`,
  description: 'Broken',
  createdBy: 'ada',
  createdAt: at,
  url: `https://github.com/octo/hello/issues/${number}`,
});
const listed = (list: string, sorted: string, items: unknown[]) => ({
  request: `GET ${CONFIG_REPO}/${list}?${sorted}per_page=100&page=1`,
  answer: items,
});
const commit = (sha: string, at: string) => ({
  sha,
  html_url: `https://github.com/octo/hello/commit/${sha}`,
  commit: {
    message: `Do ${sha}`,
    author: { name: 'Ada', date: at },
    committer: { name: 'GitHub', date: at },
  },
});
const commitPayload = (sha: string, timestamp: string) => ({
  id: sha,
  message: `Do ${sha}`,
  timestamp,
  author: 'Ada',
  url: `https://github.com/octo/hello/commit/${sha}`,
});
const head = (sha: string) => ({
  request: `GET ${CONFIG_REPO}/commits?per_page=1`,
  answer: [commit(sha, '2026-11-30T10:00:00Z')],
});
const issueEvent = (id: number, event: string, more: object = {}) => ({
  id,
  event,
  created_at: `2026-11-30T10:00:${id}Z`,
  actor: ada,
  issue: issue(3, '2026-11-29T10:00:00Z'),
  ...more,
});
const pull = issue(3, '2026-11-29T10:00:00Z', { pull_request: {} });
const CREATED = 'state=all&sort=created&direction=desc&';
const T1 = '2026-11-30T10:00:01Z';
const T2 = '2026-11-30T10:00:02Z';
const T3 = '2026-11-30T10:00:03Z';
const iso = (at: string) => at.replace('Z', '.000Z');

const comment = (id: number, at: string, place: string) => ({
  id,
  body: 'Well',
  html_url: `https://github.com/octo/hello/${place}`,
  created_at: at,
  user: ada,
});
const commentRow = (list: string, event: string, place: string) => {
  const payload = {
    comment_id: 2,
    number: 3,
    body: 'Well',
    user: 'ada',
    created_at: T2,
    url: `https://github.com/octo/hello/${place}`,
  };
  return {
    poll: {
      config,
      first: [listed(list, 'sort=created&direction=desc&', [comment(1, T1, place)])],
      next: [listed(list, 'sort=created&direction=desc&', [comment(2, T2, place), comment(1, T1, place)])],
      events: [{ id: 'comment-2', at: iso(T2), payload }],
    },
    push: hooked(event, { action: 'created', comment: comment(2, T2, place) }, [
      { id: 'comment-2', payload },
    ]),
  };
};

describeTriggers(shipped('github'), {
  GITHUB_COMMIT_EVENT: {
    poll: {
      config,
      first: [head('a1')],
      next: [
        head('c3'),
        {
          request: `GET ${CONFIG_REPO}/compare/a1...c3?per_page=100`,
          answer: { commits: [commit('b2', T1), commit('c3', '2020-01-01T00:00:00Z')] },
        },
      ],
      events: [
        { id: 'b2', at: iso(T1), payload: commitPayload('b2', T1) },
        // Its own time is its author's to choose.
        { id: 'c3', payload: commitPayload('c3', '2020-01-01T00:00:00Z') },
      ],
      again: [head('c3')],
    },
    push: hooked(
      'push',
      {
        ref: 'refs/heads/main',
        commits: [
          {
            id: 'b2',
            message: 'Do b2',
            timestamp: T1,
            url: 'https://github.com/octo/hello/commit/b2',
            author: { name: 'Ada' },
          },
          {
            id: 'c3',
            message: 'Do c3',
            timestamp: T2,
            url: 'https://github.com/octo/hello/commit/c3',
            author: { name: 'Ada' },
          },
        ],
      },
      [
        { id: 'b2', at: iso(T1), payload: commitPayload('b2', T1) },
        { id: 'c3', at: iso(T2), payload: commitPayload('c3', T2) },
      ],
    ),
  },
  GITHUB_PULL_REQUEST_EVENT: {
    poll: {
      config,
      first: [listed('pulls', CREATED, [issue(1, T1)])],
      next: [listed('pulls', CREATED, [issue(3, T3), issue(2, T2), issue(1, T1)])],
      events: [
        { id: 'pull-102-opened', at: iso(T2), payload: openedPayload(2, T2) },
        { id: 'pull-103-opened', at: iso(T3), payload: openedPayload(3, T3) },
      ],
    },
    push: hooked('pull_request', { action: 'opened', pull_request: issue(2, T2) }, [
      { id: 'pull-102-opened', payload: openedPayload(2, T2) },
    ]),
  },
  GITHUB_ISSUE_ADDED_EVENT: {
    poll: {
      config,
      // There was none yet: whatever comes is new.
      first: [listed('issues', CREATED, [])],
      next: [listed('issues', CREATED, [issue(2, T2, { pull_request: {} }), issue(1, T1)])],
      events: [{ id: 'issue-101', at: iso(T1), payload: { ...openedPayload(1, T1), issue_id: 101 } }],
    },
    push: hooked('issues', { action: 'opened', issue: issue(1, T1) }, [
      { id: 'issue-101', payload: { ...openedPayload(1, T1), issue_id: 101 } },
    ]),
  },
  GITHUB_ISSUE_STATE_CHANGED_TRIGGER: {
    poll: {
      config,
      first: [listed('issues/events', '', [])],
      next: [listed('issues/events', '', [issueEvent(12, 'assigned'), issueEvent(11, 'closed')])],
      events: [
        {
          id: 'issue-event-11',
          payload: {
            action: 'closed',
            number: 3,
            title: 'Issue 3',
            changed_by: 'ada',
            url: 'https://github.com/octo/hello/issues/3',
          },
        },
      ],
    },
    push: hooked('issues', { action: 'closed', issue: issue(3, T1) }, [
      { id: 'd-1', payload: { action: 'closed', number: 3, changed_by: 'ada' } },
    ]),
  },
  GITHUB_LABEL_ADDED_EVENT: {
    poll: {
      config,
      first: [listed('issues/events', '', [])],
      next: [
        listed('issues/events', '', [
          issueEvent(12, 'labeled', { label: { name: 'bug' } }),
          issueEvent(11, 'labeled', { label: { name: 'bug' }, issue: pull }),
        ]),
      ],
      events: [
        {
          id: 'issue-event-11',
          payload: {
            action: 'labeled',
            label: 'bug',
            labeled_at: '2026-11-30T10:00:11Z',
            labeled_by: 'ada',
            pull_request_number: 3,
            pull_request_title: 'Issue 3',
          },
        },
      ],
    },
    push: hooked('pull_request', { action: 'labeled', label: { name: 'bug' }, pull_request: pull }, [
      { id: 'd-1', payload: { label: 'bug', labeled_by: 'ada', pull_request_number: 3 } },
    ]),
  },
  GITHUB_ISSUE_COMMENT_CREATED_TRIGGER: commentRow(
    'issues/comments',
    'issue_comment',
    'issues/3#issuecomment-2',
  ),
  GITHUB_PR_REVIEW_COMMENT_CREATED_TRIGGER: commentRow(
    'pulls/comments',
    'pull_request_review_comment',
    'pull/3#discussion_r2',
  ),
  GITHUB_STAR_ADDED_EVENT: {
    poll: {
      config,
      first: [listed('events', '', [])],
      next: [
        listed('events', '', [
          { id: '2', type: 'WatchEvent', created_at: T2, actor: ada, repo: { id: 7, name: 'octo/hello' } },
          { id: '1', type: 'PushEvent', created_at: T1, actor: ada, repo: { id: 7, name: 'octo/hello' } },
        ]),
      ],
      events: [
        {
          id: 'event-2',
          payload: {
            action: 'created',
            repository_id: 7,
            repository_name: 'hello',
            starred_by: 'ada',
            starred_at: T2,
          },
        },
      ],
    },
    push: hooked('star', { action: 'created', starred_at: T2 }, [
      { id: 'd-1', at: iso(T2), payload: { repository_id: 7, repository_name: 'hello', starred_by: 'ada' } },
    ]),
  },
  GITHUB_FOLLOWER_EVENT: {
    poll: {
      first: [
        { request: `GET ${API}/user/followers?per_page=100&page=1`, answer: [{ id: 1, login: 'ada' }] },
      ],
      next: [
        {
          request: `GET ${API}/user/followers?per_page=100&page=1`,
          answer: [
            { id: 2, login: 'bob' },
            { id: 1, login: 'ada' },
          ],
        },
      ],
      events: [{ id: '2:added:1', payload: { username: 'bob' } }],
    },
  },
  GITHUB_ISSUE_ASSIGNED_TO_ME_TRIGGER: {
    poll: {
      first: [
        {
          request: `GET ${API}/issues?filter=assigned&state=open&sort=updated&per_page=100&page=1`,
          answer: [],
        },
      ],
      next: [
        {
          request: `GET ${API}/issues?filter=assigned&state=open&sort=updated&per_page=100&page=1`,
          answer: [issue(1, T1, { repository: { full_name: 'octo/hello' } })],
        },
      ],
      events: [
        { id: '101:added:1', payload: { issue_id: 101, number: 1, state: 'open', repository: 'octo/hello' } },
      ],
    },
  },
});
