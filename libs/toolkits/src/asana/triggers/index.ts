import { createHash } from 'node:crypto';
import { z } from 'zod';
import { path, ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { isObject, jsonBody, part, text } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';
import { statusOf } from '../../triggers/refusals.js';
import { tokenFeed } from '../../triggers/token-feed.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';

/** https://developers.asana.com/docs/webhooks-guide: the secret comes with a handshake, while the webhook is being made. */
export const asanaReceiver: WebhookReceiver = {
  toolkit: 'asana',
  model: 'user',
  verify(request, { secrets: { hook_secret: known } }) {
    const { headers, body } = request;
    const told = headers['x-hook-secret'];
    if (told) {
      // Whoever sends another one would sign from then on.
      if (known) return refuse('The webhook has its secret already.');
      if (told.length > 500) return refuse('It is no secret.');
      return answerWith({ status: 200, headers: { 'x-hook-secret': told } }, { hook_secret: told });
    }
    const given = headers['x-hook-signature'];
    if (!isSigned({ secret: known ?? '', message: [body], given })) {
      return refuse('X-Hook-Signature is not of this webhook.');
    }
    // One without events says that Asana is there.
    return eventsIn(jsonBody(request)).length === 0 ? answerWith({ status: 200 }) : ACCEPTED;
  },
  open(request) {
    const events = eventsIn(jsonBody(request));
    if (events.length === 0) return [];
    // A repeat is the same to the byte.
    const id = createHash('sha256').update(request.body).digest('hex');
    return [{ id, kind: 'events', at: text(events.at(-1)?.['created_at']), body: { events } }];
  },
};

function eventsIn(body: Record<string, unknown> | undefined): Record<string, unknown>[] {
  const { events } = body ?? {};
  return Array.isArray(events) ? events.filter(isObject) : [];
}

const Made = z.looseObject({ data: z.looseObject({ gid: z.string() }) });
/** https://developers.asana.com/reference/getevents: what comes since a token, which Asana keeps for a day. */
const Events = z.looseObject({
  data: z.array(z.looseObject({})).optional(),
  sync: z.string(),
  has_more: z.boolean().optional(),
});

/** Without a token, Asana refuses, and gives the first one with it. */
async function firstToken(http: ToolHttp, resource: string): Promise<string> {
  try {
    return Events.parse(await http.request({ method: 'GET', url: '/events', query: { resource } })).sync;
  } catch (error) {
    const told =
      error instanceof ToolFailure && statusOf(error) === 412 ? text(part(error.data, 'body')['sync']) : '';
    if (told === '') throw error;
    return told;
  }
}

export const asanaTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'ASANA_TASK_TRIGGER',
    name: 'Task of a project',
    description: 'Something happens to a task of the project: it is added, changed, removed, deleted.',
    config: z.object({
      project_gid: z.string().min(1).describe('Id of the project.'),
      workspace_gid: z.string().min(1).describe('Id of its workspace.'),
    }),
    payload: z.object({
      events: z.array(z.looseObject({})).describe("Asana's events: action, resource, user and time of each."),
    }),
    poll: tokenFeed({
      expired: [412],
      start: ({ config: { project_gid }, runtime: { http } }) => firstToken(http, project_gid),
      async read({ config: { project_gid: resource }, token, runtime: { http } }) {
        const query = { resource, sync: token };
        const {
          data = [],
          sync,
          has_more,
        } = Events.parse(await http.request({ method: 'GET', url: '/events', query }));
        const events = data.filter((event) => part(event, 'resource')['resource_type'] === 'task');
        const at = text(events.at(-1)?.['created_at']);
        // Those of one look are one event, as those of one delivery are.
        return {
          events: events.length > 0 ? [{ id: `sync-${token}`, at, payload: { events } }] : [],
          next: sync,
          ...(has_more && { more: true }),
        };
      },
    }),
    webhook: {
      receiver: asanaReceiver,
      async register({ config: { project_gid }, url, runtime: { http } }) {
        const data = { resource: project_gid, target: url, filters: [{ resource_type: 'task' }] };
        const made = await http.request({ method: 'POST', url: '/webhooks', body: { json: { data } } });
        return { hook: { webhook_gid: Made.parse(made).data.gid } };
      },
      async remove({ hook, runtime: { http } }) {
        const url = path`/webhooks/${text(hook['webhook_gid'])}`;
        await http.request({ method: 'DELETE', url }).catch(unlessGone);
      },
      events: ({ body }) => [{ payload: { events: eventsIn(body) } }],
    },
  }),
];
