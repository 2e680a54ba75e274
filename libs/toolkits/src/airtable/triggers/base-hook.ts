import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import type { TriggerWebhook } from '../../trigger.js';
import { momentOf } from '../../triggers/moment.js';
import { jsonBody, part, text } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { ACCEPTED, refuse, type WebhookReceiver } from '../../webhook.js';

/** https://airtable.com/developers/web/api/webhooks-overview: it is said that a base changed, and not what. */
const airtableReceiver: WebhookReceiver = {
  toolkit: 'airtable',
  model: 'user',
  verify(request, { secrets: { secret = '' }, hook }) {
    const { headers, body } = request;
    const given = headers['x-airtable-content-mac'];
    // Airtable's secret is written in base64, and signs as the bytes that it stands for.
    const key = Buffer.from(secret, 'base64');
    if (!isSigned({ secret: key, message: [body], given, prefix: 'hmac-sha256=' })) {
      return refuse("X-Airtable-Content-MAC is not of the hook's secret.");
    }
    const id = text(part(jsonBody(request), 'webhook')['id']);
    return hook && hook['webhook_id'] !== id ? refuse('It is of another hook.') : ACCEPTED;
  },
  open(request) {
    const body = jsonBody(request);
    return body ? [{ id: text(body['timestamp']), kind: 'change', body }] : [];
  },
};

const Made = z.looseObject({
  id: z.string(),
  macSecretBase64: z.string(),
  expirationTime: z.string().optional(),
});
const Refreshed = z.looseObject({ expirationTime: z.string().optional() });

/** The id of a table; it may be given by its name as well, which a hook does not take. */
const TABLE_ID = /^tbl[A-Za-z0-9]{14}$/;

/** Airtable says when records are made in the table, or in the base of one that is given by its name. */
export const baseHook: TriggerWebhook<{ base_id: string; table_id: string }, never> = {
  receiver: airtableReceiver,
  async register({ config: { base_id, table_id }, url, runtime: { http } }) {
    const filters = {
      dataTypes: ['tableData'],
      changeTypes: ['add'],
      ...(TABLE_ID.test(table_id) && { recordChangeScope: table_id }),
    };
    const json = { notificationUrl: url, specification: { options: { filters } } };
    const answer = await http.request({
      method: 'POST',
      url: path`/v0/bases/${base_id}/webhooks`,
      body: { json },
    });
    const { id: webhook_id, macSecretBase64: secret, expirationTime } = Made.parse(answer);
    return { hook: { webhook_id }, secret, expiresAt: momentOf(expirationTime) ?? undefined };
  },
  async renew({ config: { base_id }, hook, runtime: { http } }) {
    const url = path`/v0/bases/${base_id}/webhooks/${text(hook['webhook_id'])}/refresh`;
    const { expirationTime } = Refreshed.parse(await http.request({ method: 'POST', url }));
    return { hook, expiresAt: momentOf(expirationTime) ?? undefined };
  },
  async remove({ config: { base_id }, hook, runtime: { http } }) {
    const url = path`/v0/bases/${base_id}/webhooks/${text(hook['webhook_id'])}`;
    await http.request({ method: 'DELETE', url }).catch(unlessGone);
  },
  hints: () => [{}],
};
