import { githubTriggers } from './github/triggers/index.js';
import { readOperatorModule } from './operator-module.js';
import type { TriggerSpec } from './trigger.js';
import { receiversOf, type Receiver } from './receiver.js';

export { Receiver, type ReceivedEvent } from './receiver.js';
export type { InboundAnswer, InboundRequest, Receiving, Verdict } from './webhook.js';

/** Of the toolkits that ship, those whose types take webhooks. A test holds them against the catalogue. */
const WITH_WEBHOOKS: readonly TriggerSpec[] = [...githubTriggers];

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
