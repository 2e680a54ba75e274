import { Badge, Icon } from '../ui/index.js';
import { ToTriggers } from './frame.js';
import type { TriggerType } from './words.js';

/** What has to be so before a trigger of the type can be made. */
export function Needs({ type }: { type: TriggerType }) {
  if (!type.is_available)
    return (
      <p className="mt-3 flex items-start gap-2 rounded-lg bg-wait-soft p-3 text-sm">
        <Icon name="attention" size={14} className="mt-0.5 shrink-0 text-wait" />
        The provider tells of it by webhooks alone, and reaches no installation without a public address:
        PUBLIC_URL has to be one.
      </p>
    );
  if (!type.requires_webhook_endpoint_setup) return null;
  return (
    <p className="mt-3 rounded-lg bg-wait-soft p-3 text-sm">
      <Badge className="mr-2">Set-up</Badge>
      The OAuth app needs a webhook endpoint first:{' '}
      <ToTriggers section="endpoints" search={{ make: type.toolkit.slug }}>
        make one for {type.toolkit.name}
      </ToTriggers>
      .
    </p>
  );
}
