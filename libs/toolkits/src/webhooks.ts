import { airtableTriggers } from './airtable/triggers/index.js';
import { asanaTriggers } from './asana/triggers/index.js';
import { githubTriggers } from './github/triggers/index.js';
import { googlecalendarTriggers } from './googlecalendar/triggers/index.js';
import { googledriveTriggers } from './googledrive/triggers/index.js';
import { hubspotTriggers } from './hubspot/triggers/index.js';
import { jiraTriggers } from './jira/triggers/index.js';
import { linearTriggers } from './linear/triggers/index.js';
import { notionTriggers } from './notion/triggers/index.js';
import { outlookTriggers } from './outlook/triggers/index.js';
import { slackTriggers } from './slack/triggers/index.js';
import { stripeTriggers } from './stripe/triggers/index.js';
import { trelloTriggers } from './trello/triggers/index.js';
import { readOperatorModule } from './operator-module.js';
import type { TriggerSpec } from './trigger.js';
import { receiversOf, type Receiver } from './receiver.js';

export { Receiver, type ReceivedEvent, type ReceivedHint } from './receiver.js';
export type { InboundAnswer, InboundRequest, Receiving, Verdict } from './webhook.js';

/** Of the toolkits that ship, those whose types take webhooks. A test holds them against the catalogue. */
const WITH_WEBHOOKS: readonly TriggerSpec[] = [
  ...airtableTriggers,
  ...asanaTriggers,
  ...githubTriggers,
  ...googlecalendarTriggers,
  ...googledriveTriggers,
  ...hubspotTriggers,
  ...jiraTriggers,
  ...linearTriggers,
  ...notionTriggers,
  ...outlookTriggers,
  ...slackTriggers,
  ...stripeTriggers,
  ...trelloTriggers,
];

/**
 * How webhooks are taken, by the slug of the toolkit: what ships, and what the operator adds. It loads no catalogue, so
 * that a service can verify what comes in without holding all tools.
 */
export async function installedReceivers(settings: {
  PATCHBAY_TOOLKITS_MODULE?: string | undefined;
}): Promise<ReadonlyMap<string, Receiver>> {
  const added = await readOperatorModule(settings.PATCHBAY_TOOLKITS_MODULE);
  const own = receiversOf(added.flatMap(({ triggers = [] }) => triggers));
  return new Map([...receiversOf(WITH_WEBHOOKS), ...own]);
}
