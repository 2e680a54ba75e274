import { createHash } from 'node:crypto';
import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_URL, type PushRow } from '../describe-triggers.js';

const ada = { displayName: 'Ada' };
const DELIVERED = { events: [{ action: 'added', created_at: '2026-11-30T10:00:01.000Z' }] };
const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;

describeTriggers(shipped('asana'), {
  ASANA_TASK_TRIGGER: {
    poll: {
      config: { project_gid: 'p1', workspace_gid: 'w1' },
      first: [
        {
          request: 'GET https://app.asana.com/api/1.0/events?resource=p1',
          status: 412,
          answer: { sync: 's1' },
        },
      ],
      next: [
        {
          request: 'GET https://app.asana.com/api/1.0/events?resource=p1&sync=s1',
          answer: {
            data: [
              { action: 'added', created_at: T(1), resource: { gid: 't1', resource_type: 'task' } },
              { action: 'added', created_at: T(2), resource: { gid: 's1', resource_type: 'story' } },
            ],
            sync: 's2',
            has_more: false,
          },
        },
      ],
      events: [{ id: 'sync-s1', at: T(1), payload: { events: [{ action: 'added' }] } }],
      again: [
        {
          request: 'GET https://app.asana.com/api/1.0/events?resource=p1&sync=s2',
          answer: { data: [], sync: 's3' },
        },
      ],
    },
    push: {
      config: { project_gid: 'p1', workspace_gid: 'w1' },
      registers: [
        {
          request: 'POST https://app.asana.com/api/1.0/webhooks',
          body: { data: { resource: 'p1', target: HOOK_URL, filters: [{ resource_type: 'task' }] } },
          answer: { data: { gid: 'h1' } },
        },
      ],
      hook: { webhook_gid: 'h1' },
      removes: [{ request: 'DELETE https://app.asana.com/api/1.0/webhooks/h1' }],
      delivery: { headers: {}, body: DELIVERED },
      events: [
        {
          id: createHash('sha256').update(JSON.stringify(DELIVERED)).digest('hex'),
          at: T(1),
          payload: { events: [{ action: 'added' }] },
        },
      ],
    },
  },
});

const JIRA = 'https://acme.atlassian.net/rest/api/3';
const jiraIssue = (id: number, more: object = {}) => ({
  id: String(id),
  key: `ENG-${id}`,
  fields: {
    summary: `Issue ${id}`,
    description: null,
    reporter: ada,
    assignee: null,
    project: { key: 'ENG' },
    created: `2026-11-30T10:00:0${id}.000+0000`,
    updated: `2026-11-30T10:00:0${id}.000+0000`,
    ...more,
  },
});
const jiraPayload = (id: number) => ({
  issue_id: String(id),
  issue_key: `ENG-${id}`,
  project_key: 'ENG',
  summary: `Issue ${id}`,
  description: null,
  reporter: 'Ada',
  assignee: null,
});
const FIELDS = 'summary,description,reporter,assignee,project,created,updated';
const created = (issues: unknown[]) => ({
  request: `GET ${JIRA}/search/jql?jql=project = "ENG" ORDER BY created DESC&fields=${FIELDS}&maxResults=50`,
  answer: { issues },
});
const updated = (issues: unknown[]) => ({
  request: `GET ${JIRA}/search/jql?jql=project = "ENG" ORDER BY updated DESC&fields=${FIELDS}&expand=changelog&maxResults=50`,
  answer: { issues },
});
const changed = {
  ...jiraIssue(2, { updated: '2026-11-30T10:00:05.000+0000' }),
  changelog: {
    histories: [
      {
        created: '2026-11-30T10:00:05.000+0000',
        items: [{ field: 'status', fromString: 'To do', toString: 'Done' }],
      },
    ],
  },
};
const jiraHook = (event: string, body: object, payload: object): PushRow => ({
  config: { project_key: 'ENG' },
  registers: [
    {
      request: `POST ${JIRA}/webhook`,
      body: { url: HOOK_URL, webhooks: [{ events: [event], jqlFilter: 'project = "ENG"' }] },
      answer: { webhookRegistrationResult: [{ createdWebhookId: 12 }] },
    },
  ],
  hook: { webhook_id: 12 },
  expiresAt: '2026-12-30T12:00:00.000Z',
  renews: {
    asks: [
      {
        request: `PUT ${JIRA}/webhook/refresh`,
        body: { webhookIds: [12] },
        answer: { expirationDate: '2027-01-01T00:00:00.000+0000' },
      },
    ],
    hook: { webhook_id: 12 },
  },
  delivery: {
    headers: { 'x-atlassian-webhook-identifier': 'd-1' },
    body: { webhookEvent: event, timestamp: Date.parse(T(5)), matchedWebhookIds: [12], ...body },
  },
  events: [{ id: 'd-1', at: T(5), payload: { ...payload } }],
  foreign: { project_key: 'OPS' },
});

/** Of an account whose OAuth app's secret is known. */
const signedHook = (...given: Parameters<typeof jiraHook>): PushRow => {
  const row = jiraHook(...given);
  const hook = { webhook_id: 12, signed: true };
  const renews = { asks: row.renews?.asks ?? [], hook };
  return { ...row, hook, renews, appSecret: 'secret-of-the-app', secret: 'secret-of-the-app' };
};

describeTriggers(
  shipped('jira'),
  {
    JIRA_NEW_ISSUE_TRIGGER: {
      poll: {
        config: { project_key: 'ENG' },
        first: [created([jiraIssue(1)])],
        next: [created([jiraIssue(3), jiraIssue(2), jiraIssue(1)])],
        events: [
          {
            id: 'issue-2',
            at: T(2),
            payload: { ...jiraPayload(2), created_at: '2026-11-30T10:00:02.000+0000' },
          },
          { id: 'issue-3', at: T(3), payload: jiraPayload(3) },
        ],
      },
      push: jiraHook('jira:issue_created', { issue: jiraIssue(2) }, jiraPayload(2)),
    },
    JIRA_UPDATED_ISSUE_TRIGGER: {
      poll: {
        config: { project_key: 'ENG' },
        first: [updated([jiraIssue(1)])],
        // The third was just made.
        next: [updated([changed, jiraIssue(3), jiraIssue(1)])],
        events: [
          {
            id: 'issue-2-2026-11-30T10:00:05.000+0000',
            payload: { ...jiraPayload(2), updated_fields: { status: { from: 'To do', to: 'Done' } } },
          },
        ],
      },
      push: signedHook(
        'jira:issue_updated',
        {
          issue: jiraIssue(2),
          changelog: { items: [{ field: 'status', fromString: 'To do', toString: 'Done' }] },
        },
        { ...jiraPayload(2), updated_fields: { status: { from: 'To do', to: 'Done' } } },
      ),
    },
    JIRA_NEW_PROJECT_TRIGGER: {
      poll: {
        first: [
          {
            request: `GET ${JIRA}/project/search?expand=lead&orderBy=key&maxResults=50&startAt=0`,
            answer: { values: [] },
          },
        ],
        next: [
          {
            request: `GET ${JIRA}/project/search?expand=lead&orderBy=key&maxResults=50&startAt=0`,
            answer: {
              values: [{ id: '7', key: 'ENG', name: 'Engine', projectTypeKey: 'software', lead: ada }],
            },
          },
        ],
        events: [
          {
            id: '7:added:1',
            payload: {
              project_key: 'ENG',
              project_name: 'Engine',
              project_type: 'software',
              lead_name: 'Ada',
            },
          },
        ],
      },
    },
  },
  { urlValues: { subdomain: 'acme' } },
);
