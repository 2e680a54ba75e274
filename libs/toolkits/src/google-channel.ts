import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from './webhook.js';
import type { Registered, RegisterRequest, RegisterRuntime, TriggerWebhook, WebhookHint } from './trigger.js';
import { momentOf } from './triggers/moment.js';
import { text } from './triggers/reading.js';
import { isSame } from './triggers/signature.js';
import { unlessGone } from './triggers/unless-gone.js';
import type { ToolRequest } from './tool-runtime.js';

/*
 * Channels of notifications, as several of Google's APIs have them:
 * https://developers.google.com/workspace/calendar/api/guides/push and .../drive/api/guides/push. What is told is in the
 * headers, the body is empty, and it is not said what changed.
 */

/** How the channels of a toolkit are taken. */
export function googleChannelReceiver(toolkit: string): WebhookReceiver {
  return {
    toolkit,
    model: 'user',
    verify({ headers }, { secrets: { secret }, hook }) {
      if (!isSame(headers['x-goog-channel-token'], secret))
        return refuse('X-Goog-Channel-Token is not of this channel.');
      const { channel_id: channel, resource_id: resource } = hook ?? {};
      if (channel !== undefined && headers['x-goog-channel-id'] !== channel)
        return refuse('It is of another channel.');
      if (resource !== undefined && headers['x-goog-resource-id'] !== resource)
        return refuse('It is of another resource.');
      // The first one says that the channel is there.
      return headers['x-goog-resource-state'] === 'sync' ? answerWith({ status: 200 }) : ACCEPTED;
    },
    open({ headers }) {
      const {
        'x-goog-channel-id': channel_id,
        'x-goog-message-number': number,
        'x-goog-resource-id': resource_id = '',
        'x-goog-resource-state': resource_state = '',
        'x-goog-resource-uri': resource_url = '',
      } = headers;
      if (!channel_id || !number) return [];
      const body = { channel_id, resource_id, resource_state, resource_url };
      return [{ id: `${channel_id}:${number}`, kind: 'change', body }];
    },
  };
}

const Channel = z.looseObject({
  id: z.string(),
  resourceId: z.string(),
  expiration: z.coerce.number().optional(),
});

export interface ChannelSource<C> {
  /** The call that makes a channel; what every channel has is put into its body. */
  watch: (request: RegisterRequest<C>) => Promise<ToolRequest> | ToolRequest;
  /** What the body has beside that. */
  lifetime: (config: C, now: Date) => Record<string, unknown>;
  /** Where channels are stopped. */
  stopUrl: string;
}

/** The hook of a type that takes such a channel for itself. */
export function googleChannel<C>({
  watch,
  lifetime,
  stopUrl,
}: ChannelSource<C>): Required<Pick<TriggerWebhook<C, never>, 'register' | 'renew' | 'remove'>> {
  async function register(request: RegisterRequest<C>): Promise<Registered> {
    const { config, url, secret, runtime } = request;
    // A name that no other channel has: at this address, from this moment on.
    const id = createHash('sha256')
      .update(`${url} ${runtime.now().toISOString()}`)
      .digest('hex')
      .slice(0, 40);
    const json = { id, type: 'web_hook', address: url, token: secret, ...lifetime(config, runtime.now()) };
    const asked = { ...(await watch(request)), body: { json } };
    const made = Channel.parse(await runtime.http.request(asked));
    const expiresAt = momentOf(made.expiration) ?? undefined;
    return { hook: { channel_id: made.id, resource_id: made.resourceId }, ...(expiresAt && { expiresAt }) };
  }
  async function stop(hook: Registered['hook'], { http }: RegisterRuntime): Promise<void> {
    const json = { id: text(hook['channel_id']), resourceId: text(hook['resource_id']) };
    await http.request({ method: 'POST', url: stopUrl, body: { json } }).catch(unlessGone);
  }
  return {
    register,
    async renew({ hook, ...request }) {
      const made = await register(request);
      await stop(hook, request.runtime);
      return made;
    },
    remove: ({ hook, runtime }) => stop(hook, runtime),
  };
}

/** That something changed of what the channel is for. */
export function channelHints({ body }: { body: Record<string, unknown> }): WebhookHint<unknown>[] {
  return [{ matches: (_, hook) => hook['channel_id'] === body['channel_id'] }];
}
