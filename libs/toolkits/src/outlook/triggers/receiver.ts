import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { isObject, jsonBody, part, text } from '../../triggers/reading.js';
import { isSame } from '../../triggers/signature.js';

/** https://learn.microsoft.com/graph/change-notifications-delivery-webhooks */
export const outlookReceiver: WebhookReceiver = {
  toolkit: 'outlook',
  model: 'user',
  verify(request, { secrets: { secret } }) {
    const token = new URL(request.url).searchParams.get('validationToken');
    if (token !== null) {
      return answerWith({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: token.slice(0, 2_000),
      });
    }
    const notes = notesOf(jsonBody(request));
    const isOwn = notes.length > 0 && notes.every((note) => isSame(text(note['clientState']), secret));
    return isOwn ? ACCEPTED : refuse('clientState is not of this subscription.');
  },
  open(request) {
    return notesOf(jsonBody(request)).map((body) => {
      const { id, '@odata.etag': etag } = part(body, 'resourceData');
      const kind = text(body['changeType']);
      const key = kind === 'updated' ? `${text(id)}:${text(etag)}` : `${text(id)}:${kind}`;
      return { id: key, kind, body };
    });
  },
};

function notesOf(body: Record<string, unknown> | undefined): Record<string, unknown>[] {
  const { value } = body ?? {};
  return Array.isArray(value) ? value.filter(isObject) : [];
}
