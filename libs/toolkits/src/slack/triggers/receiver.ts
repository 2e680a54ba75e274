import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { jsonBody, part, text } from '../../triggers/reading.js';
import { isLate, isSigned } from '../../triggers/signature.js';

const TOLERANCE_SECONDS = 300;

/** https://docs.slack.dev/authentication/verifying-requests-from-slack and https://docs.slack.dev/apis/events-api */
export const slackReceiver: WebhookReceiver = {
  toolkit: 'slack',
  model: 'app',
  setupFields: {
    webhook_signing_secret: {
      displayName: 'Signing secret',
      description: 'Of the Slack app: Basic Information, App Credentials.',
      required: true,
      secret: true,
    },
    app_token: {
      displayName: 'App-level token',
      description:
        'xapp-… with authorizations:read. Not needed as long as one account a workspace is connected.',
      required: false,
      secret: true,
    },
  },
  verify(request, { secrets: { webhook_signing_secret: secret = '' } }) {
    const { headers, body } = request;
    const { 'x-slack-request-timestamp': at = '', 'x-slack-signature': given } = headers;
    if (!isSigned({ secret, message: [`v0:${at}:`, body], given, prefix: 'v0=' })) {
      return refuse("X-Slack-Signature is not of the app's signing secret.");
    }
    if (isLate(request, Number(at) * 1000, TOLERANCE_SECONDS)) return refuse('It was sent too long ago.');
    const message = jsonBody(request);
    if (text(message?.['type']) !== 'url_verification') return ACCEPTED;
    const challenge = text(message?.['challenge']).slice(0, 500);
    return answerWith({ status: 200, headers: { 'content-type': 'text/plain' }, body: challenge });
  },
  open(request) {
    const body = jsonBody(request);
    if (!body || text(body['type']) !== 'event_callback') return [];
    const kind = text(part(body, 'event')['type']);
    return [{ id: text(body['event_id']), kind, at: Number(body['event_time']) * 1000, body }];
  },
};
