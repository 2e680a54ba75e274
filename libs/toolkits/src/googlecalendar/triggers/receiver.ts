import { ACCEPTED, answerWith, refuse, type WebhookReceiver } from '../../webhook.js';
import { isSame } from '../../triggers/signature.js';

/** https://developers.google.com/workspace/calendar/api/guides/push: what is told is in the headers, the body is empty. */
export const googleCalendarReceiver: WebhookReceiver = {
  toolkit: 'googlecalendar',
  model: 'user',
  verify({ headers }, { secrets: { secret }, hook }) {
    if (!isSame(headers['x-goog-channel-token'], secret))
      return refuse('X-Goog-Channel-Token is not of this channel.');
    const { channel_id: channel, resource_id: resource } = hook ?? {};
    if (channel !== undefined && headers['x-goog-channel-id'] !== channel)
      return refuse('It is of another channel.');
    if (resource !== undefined && headers['x-goog-resource-id'] !== resource)
      return refuse('It is of another calendar.');
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
