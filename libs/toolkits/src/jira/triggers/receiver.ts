import { ACCEPTED, refuse, type WebhookReceiver } from '../../webhook.js';
import { jsonBody, text } from '../../triggers/reading.js';

/**
 * Jira signs nothing: its webhooks are known by their address, which is not to be guessed, and by saying for which webhook
 * they are (https://developer.atlassian.com/cloud/jira/platform/webhooks).
 */
export const jiraReceiver: WebhookReceiver = {
  toolkit: 'jira',
  model: 'user',
  verify(request, { hook }) {
    const ids = jsonBody(request)?.['matchedWebhookIds'];
    const id = hook?.['webhook_id'];
    const isOwn = Array.isArray(ids) && id !== undefined && ids.some((one) => text(one) === text(id));
    return isOwn ? ACCEPTED : refuse('It is not of the webhook of this trigger.');
  },
  open(request) {
    const body = jsonBody(request);
    const id = request.headers['x-atlassian-webhook-identifier'];
    if (!body || !id) return [];
    return [{ id, kind: text(body['webhookEvent']), at: Number(body['timestamp']), body }];
  },
};
