import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { jsonBody } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
export const githubReceiver: WebhookReceiver = {
  toolkit: 'github',
  model: 'user',
  verify({ headers, body }, { secrets: { secret = '' } }) {
    const given = headers['x-hub-signature-256'];
    if (!isSigned({ secret, message: [body], given, prefix: 'sha256=' })) {
      return refuse('X-Hub-Signature-256 is not of this hook.');
    }
    if (!headers['x-github-delivery'] || !headers['x-github-event']) return refuse('It is no delivery.');
    return headers['x-github-event'] === 'ping' ? answerWith({ status: 200 }) : ACCEPTED;
  },
  open(request) {
    const body = jsonBody(request);
    const { 'x-github-event': kind, 'x-github-delivery': id } = request.headers;
    return body && kind && id ? [{ id, kind, body }] : [];
  },
};
