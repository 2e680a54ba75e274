import type { TriggerHook } from '@patchbay/contracts';
import { z } from 'zod';
import type { TriggerWebhook, WebhookEvent } from '../../trigger.js';
import { isObject, part, text } from '../../triggers/reading.js';
import { slackReceiver } from './receiver.js';

const Who = z.looseObject({ team_id: z.string(), user_id: z.string() });

/** Events that Slack sends to the app: an instance is given those that its account may see. */
export function slackEvent<C, P>(
  kind: string,
  read: (
    event: Record<string, unknown>,
    teamId: string,
  ) => Pick<WebhookEvent<C, P>, 'payload' | 'matches'> | undefined,
): TriggerWebhook<C, P> {
  return {
    receiver: slackReceiver,
    async register({ runtime: { http } }) {
      const { team_id, user_id } = Who.parse(await http.request({ method: 'POST', url: '/auth.test' }));
      return { hook: { team_id, user_id } };
    },
    events({ kind: sent, body }) {
      const event = part(body, 'event');
      const found = sent === kind ? read(event, text(body['team_id'])) : undefined;
      if (!found) return [];
      const { payload, matches } = found;
      return [
        {
          payload,
          matches: (config, hook) => maySee(body, event, hook) && (matches?.(config, hook) ?? true),
        },
      ];
    },
  };
}

/**
 * Slack names one of the accounts that may see an event. What is said in public, every account of the workspace may; of
 * anything else only the account that is named surely may.
 */
function maySee(body: Record<string, unknown>, event: Record<string, unknown>, hook: TriggerHook): boolean {
  const authorizations = Array.isArray(body['authorizations']) ? body['authorizations'].filter(isObject) : [];
  const isTeams = [text(body['team_id']), ...authorizations.map((one) => text(one['team_id']))].includes(
    text(hook['team_id']),
  );
  return (
    isTeams && (isPublic(event) || authorizations.some((one) => text(one['user_id']) === hook['user_id']))
  );
}

/** Of reactions there is only the channel's id: those of public channels begin with a C, as newer private ones do. */
function isPublic(event: Record<string, unknown>): boolean {
  return text(event['channel_type']) === 'channel' || text(event['type']) === 'channel_created';
}
