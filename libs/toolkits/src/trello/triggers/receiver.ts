import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { jsonBody, part, text } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';

/** https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/#webhook-signatures */
export const trelloReceiver: WebhookReceiver = {
  toolkit: 'trello',
  model: 'user',
  verify({ method, url, headers, body }, { secrets: { secret = '' } }) {
    // Trello looks whether somebody is there before it makes the webhook.
    if (method === 'HEAD') return answerWith({ status: 200 });
    const given = headers['x-trello-webhook'];
    const isOwn = isSigned({ secret, message: [body, url], given, algorithm: 'sha1', encoding: 'base64' });
    return isOwn ? ACCEPTED : refuse('X-Trello-Webhook is not of the app.');
  },
  open(request) {
    const action = part(jsonBody(request), 'action');
    const id = text(action['id']);
    return id ? [{ id, kind: text(action['type']), at: text(action['date']), body: action }] : [];
  },
};
