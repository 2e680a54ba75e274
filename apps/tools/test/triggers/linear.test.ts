import { expect } from 'vitest';
import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_SECRET, HOOK_URL, type TriggerRow } from '../describe-triggers.js';

const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;
const GRAPHQL = 'POST https://api.linear.app/graphql';
const containing = (text: string): unknown => expect.stringContaining(text);
const ENDING = { pageInfo: { hasNextPage: false } };

function row(type: 'Issue' | 'Comment', action: 'create' | 'update'): TriggerRow {
  const list = type === 'Issue' ? 'issues' : 'comments';
  const by = action === 'create' ? 'createdAt' : 'updatedAt';
  const ofTeam = { team: { id: { eq: 't1' } } };
  const node = (id: number, more: object = {}) => ({
    id: `x${id}`,
    createdAt: action === 'create' ? T(id) : '2026-01-01T00:00:00.000Z',
    updatedAt: T(id),
    url: `https://linear.app/x${id}`,
    ...more,
  });
  const asked = (since: string | undefined, nodes: unknown[]) => ({
    request: GRAPHQL,
    body: {
      query: containing(`orderBy: ${by}`),
      variables: {
        filter: {
          ...(type === 'Issue' ? ofTeam : { issue: ofTeam }),
          ...(since && { [by]: { gte: since } }),
        },
      },
    },
    answer: { data: { [list]: { nodes, ...ENDING } } },
  });
  const id = action === 'create' ? `${type}-x2-create` : `${type}-x2-${T(2)}`;
  const payload = { action, type, url: 'https://linear.app/x2', data: { id: 'x2' } };
  return {
    poll: {
      config: { team_id: 't1' },
      first: [asked(undefined, [node(1)])],
      // What was just made was not changed.
      next: [asked(T(0), [node(2), ...(action === 'update' ? [node(3, { createdAt: T(3) })] : []), node(1)])],
      events: [{ id, at: T(2), payload }],
      again: [asked(action === 'update' ? T(2) : T(1), [node(2)])],
    },
    push: {
      config: { team_id: 't1' },
      registers: [
        {
          request: GRAPHQL,
          body: {
            query: containing('webhookCreate'),
            variables: {
              input: {
                url: HOOK_URL,
                teamId: 't1',
                secret: HOOK_SECRET,
                resourceTypes: [type],
                label: 'Patchbay',
              },
            },
          },
          answer: { data: { webhookCreate: { success: true, webhook: { id: 'w1' } } } },
        },
      ],
      hook: { webhook_id: 'w1' },
      delivery: {
        headers: { 'linear-delivery': 'd1' },
        body: { action, type, createdAt: T(2), data: node(2), url: 'https://linear.app/x2' },
      },
      events: [{ id, at: T(2), payload }],
    },
  };
}

describeTriggers(shipped('linear'), {
  LINEAR_ISSUE_CREATED_TRIGGER: row('Issue', 'create'),
  LINEAR_ISSUE_UPDATED_TRIGGER: row('Issue', 'update'),
  LINEAR_COMMENT_EVENT_TRIGGER: row('Comment', 'create'),
});
