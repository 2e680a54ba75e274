import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { jsonBody, text } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';

/** https://developers.notion.com/reference/webhooks#step-3-validating-event-payloads-recommended */
export const notionReceiver: WebhookReceiver = {
  toolkit: 'notion',
  model: 'app',
  setupFields: {
    verification_token: {
      displayName: 'Verification token',
      description: 'Notion sends it once, when the subscription is made: it needs not be given by hand.',
      required: false,
      secret: true,
    },
  },
  verify(request, { secrets: { verification_token: known } }) {
    const { headers, body } = request;
    const told = text(jsonBody(request)?.['verification_token']);
    if (told !== '' && headers['x-notion-signature'] === undefined) {
      // Whoever sends another one would sign from then on.
      if (known) return refuse('The verification token is known already.');
      return told.length > 500
        ? refuse('It is no token.')
        : answerWith({ status: 200 }, { verification_token: told });
    }
    const given = headers['x-notion-signature'];
    const isOwn = isSigned({ secret: known ?? '', message: [body], given, prefix: 'sha256=' });
    return isOwn ? ACCEPTED : refuse('X-Notion-Signature is not of this subscription.');
  },
  open(request) {
    const body = jsonBody(request);
    const id = text(body?.['id']);
    return body && id ? [{ id, kind: text(body['type']), at: text(body['timestamp']), body }] : [];
  },
};
