import { z } from 'zod';
import { sendGraphql } from '../../graphql.js';
import { ToolFailure } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { jsonBody, part, text } from '../../triggers/reading.js';
import { isLate, isSigned } from '../../triggers/signature.js';
import { ACCEPTED, refuse, type WebhookReceiver } from '../../webhook.js';
import { ISSUE } from '../fields.js';

const TOLERANCE_SECONDS = 60;

/** https://linear.app/developers/webhooks#securing-webhooks */
export const linearReceiver: WebhookReceiver = {
  toolkit: 'linear',
  model: 'user',
  verify(request, { secrets: { secret = '' } }) {
    const { headers, body } = request;
    if (!isSigned({ secret, message: [body], given: headers['linear-signature'] })) {
      return refuse('Linear-Signature is not of this webhook.');
    }
    const sentAt = Number(jsonBody(request)?.['webhookTimestamp']);
    return isLate(request, sentAt, TOLERANCE_SECONDS) ? refuse('It was sent too long ago.') : ACCEPTED;
  },
  open(request) {
    const body = jsonBody(request);
    const id = request.headers['linear-delivery'];
    if (!body || !id) return [];
    return [{ id, kind: `${text(body['type'])}.${text(body['action'])}`, at: text(body['createdAt']), body }];
  },
};

const Node = z.looseObject({
  id: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  url: z.string().optional(),
});
const Nodes = z.looseObject({
  nodes: z.array(Node),
  pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
});
const Created = z.looseObject({ webhook: z.looseObject({ id: z.string() }) });
const COMMENT = 'id body url createdAt updatedAt user { id name } issue { id identifier title team { id } }';

interface Kind {
  slug: string;
  name: string;
  description: string;
  /** In the webhook's words. */
  type: 'Issue' | 'Comment';
  actions: string[];
  /** By which time it is found. */
  by: 'createdAt' | 'updatedAt';
}

function linearTrigger({ type, actions, by, ...described }: Kind): TriggerSpec {
  const isIssue = type === 'Issue';
  const list = isIssue ? 'issues' : 'comments';
  const document = `query ($filter: ${type}Filter, $after: String) {
    ${list}(filter: $filter, first: 50, after: $after, orderBy: ${by}) {
      nodes { ${isIssue ? '...IssueParts' : COMMENT} } pageInfo { hasNextPage endCursor } } }
    ${isIssue ? ISSUE : ''}`.trim();
  const action = by === 'createdAt' ? 'create' : 'update';
  return triggerType({
    ...described,
    instructions: 'Webhooks are made by admins of the workspace only: for others it is polled.',
    config: z.object({ team_id: z.string().min(1).describe('Id of the team.') }),
    payload: z.object({
      action: z.string().describe('`create`, `update` or `remove`.'),
      type: z.string().describe(`\`${type}\``),
      data: z.looseObject({}).describe(`The ${type.toLowerCase()}.`),
      url: z.string().describe('Where it can be seen.'),
    }),
    poll: newItems({
      async list({ config: { team_id: id }, since, page, runtime: { http } }) {
        const ofTeam = { team: { id: { eq: id } } };
        const filter = {
          ...(isIssue ? ofTeam : { issue: ofTeam }),
          ...(since && { [by]: { gte: since } }),
        };
        const variables = { filter, ...(page !== undefined && { after: page }) };
        const { nodes, pageInfo } = Nodes.parse((await sendGraphql(http, { document, variables }))[list]);
        return {
          items: nodes,
          next: since && pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
        };
      },
      keyOf: (node) =>
        by === 'createdAt' ? `${type}-${node.id}-create` : `${type}-${node.id}-${node.updatedAt}`,
      timeOf: (node) => node[by],
      // What was just made was not changed.
      payload: (node, { since, wasSeen }) =>
        by === 'updatedAt' &&
        !wasSeen(`${type}-${node.id}-`) &&
        (since === undefined || Date.parse(node.createdAt) >= since)
          ? undefined
          : { action, type, data: node, url: node.url ?? '' },
    }),
    webhook: {
      receiver: linearReceiver,
      async register({ config: { team_id: teamId }, url, secret, runtime: { http } }) {
        const create =
          'mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) { success webhook { id } } }';
        const input = { url, teamId, secret, resourceTypes: [type], label: 'Patchbay' };
        const made = await sendGraphql(http, { document: create, variables: { input } });
        return { hook: { webhook_id: Created.parse(made['webhookCreate']).webhook.id } };
      },
      async remove({ hook, runtime: { http } }) {
        const document = 'mutation ($id: String!) { webhookDelete(id: $id) { success } }';
        await sendGraphql(http, { document, variables: { id: text(hook['webhook_id']) } }).catch(
          unlessUnknown,
        );
      },
      events: ({ kind, body }) =>
        actions.some((one) => kind === `${type}.${one}`)
          ? [
              {
                ...idOf(type, kind, body),
                payload: {
                  action: text(body['action']),
                  type: text(body['type']),
                  data: part(body, 'data'),
                  url: text(body['url']),
                },
              },
            ]
          : [],
    },
  });
}

/** The same as when it is polled, so that nothing is told twice where the one takes the place of the other. */
function idOf(type: string, kind: string, body: Record<string, unknown>): { id?: string } {
  const { id, updatedAt } = part(body, 'data');
  if (kind.endsWith('.create')) return { id: `${type}-${text(id)}-create` };
  return kind.endsWith('.update') ? { id: `${type}-${text(id)}-${text(updatedAt)}` } : {};
}

function unlessUnknown(error: unknown): void {
  if (!(error instanceof ToolFailure && /not found|could not find/i.test(error.message))) throw error;
}

export const linearTriggers: readonly TriggerSpec[] = [
  linearTrigger({
    slug: 'LINEAR_ISSUE_CREATED_TRIGGER',
    name: 'Issue created',
    description: 'An issue is made in the team.',
    type: 'Issue',
    actions: ['create'],
    by: 'createdAt',
  }),
  linearTrigger({
    slug: 'LINEAR_ISSUE_UPDATED_TRIGGER',
    name: 'Issue updated',
    description: 'An issue of the team is changed.',
    type: 'Issue',
    actions: ['update'],
    by: 'updatedAt',
  }),
  linearTrigger({
    slug: 'LINEAR_COMMENT_EVENT_TRIGGER',
    name: 'Comment',
    description:
      'A comment on an issue of the team is written; where it is pushed, also when one is changed or removed.',
    type: 'Comment',
    actions: ['create', 'update', 'remove'],
    by: 'createdAt',
  }),
];
