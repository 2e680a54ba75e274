import { ACCEPTED, refuse, type InboundRequest, type WebhookReceiver } from '../../webhook.js';
import { isObject, jsonBody, text } from '../../triggers/reading.js';
import { isSigned } from '../../triggers/signature.js';

/** Clocks differ. */
const LEEWAY_MS = 60_000;

/**
 * Webhooks of OAuth apps come with a JWT that is signed with the app's secret, and signs nothing of the body; so they are
 * known by their address as well, which is not to be guessed, and by saying for which webhook they are
 * (https://developer.atlassian.com/cloud/jira/platform/webhooks).
 */
export const jiraReceiver: WebhookReceiver = {
  toolkit: 'jira',
  model: 'user',
  verify(request, { hook, secrets: { secret = '' } }) {
    const ids = jsonBody(request)?.['matchedWebhookIds'];
    const id = hook?.['webhook_id'];
    const isOwn = Array.isArray(ids) && id !== undefined && ids.some((one) => text(one) === text(id));
    if (!isOwn) return refuse('It is not of the webhook of this trigger.');
    // Of a hook that was made when the app's secret was not known, the address has to do.
    if (hook?.['signed'] === true && !hasToken(request, secret)) {
      return refuse("Its JWT is not signed with the app's secret, or has ended.");
    }
    return ACCEPTED;
  },
  open(request) {
    const body = jsonBody(request);
    const id = request.headers['x-atlassian-webhook-identifier'];
    if (!body || !id) return [];
    return [{ id, kind: text(body['webhookEvent']), at: Number(body['timestamp']), body }];
  },
};

/** Whether a request brings a JWT (RFC 7519) of the one kind that is signed with a shared secret. */
function hasToken({ headers, receivedAt }: InboundRequest, secret: string): boolean {
  const [, header = '', claims = '', signature] =
    /^(?:Bearer|JWT) ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(headers['authorization'] ?? '') ?? [];
  const message = [`${header}.${claims}`];
  if (!isSigned({ secret, message, given: signature, encoding: 'base64url' })) return false;
  const { alg } = partOf(header);
  const { exp } = partOf(claims);
  return alg === 'HS256' && (typeof exp !== 'number' || exp * 1000 > receivedAt - LEEWAY_MS);
}

function partOf(encoded: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
