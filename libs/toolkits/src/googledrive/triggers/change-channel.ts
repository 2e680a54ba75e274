import { z } from 'zod';
import { channelHints, googleChannel, googleChannelReceiver } from '../../google-channel.js';
import type { ToolRequest } from '../../tool-runtime.js';
import type { TriggerWebhook } from '../../trigger.js';

/** The most that Drive gives such a channel. */
const WEEK_MS = 604_800_000;

/** Asks where the list of changes is now. */
export const START: ToolRequest = {
  method: 'GET',
  url: '/drive/v3/changes/startPageToken',
  query: { supportsAllDrives: true },
};
export const Start = z.looseObject({ startPageToken: z.string() });

/** Drive says when anything changes in it; what, its lists tell. */
export const driveChannel: TriggerWebhook<object, never> = {
  receiver: googleChannelReceiver('googledrive'),
  ...googleChannel<object>({
    async watch({ runtime: { http } }) {
      const { startPageToken: pageToken } = Start.parse(await http.request(START));
      return {
        method: 'POST',
        url: '/drive/v3/changes/watch',
        query: { pageToken, supportsAllDrives: true, includeItemsFromAllDrives: true, includeRemoved: true },
      };
    },
    lifetime: (_, now) => ({ expiration: String(now.getTime() + WEEK_MS) }),
    stopUrl: '/drive/v3/channels/stop',
  }),
  hints: channelHints,
};
