import type { OutboundPurpose } from '@patchbay/service';

/** Private hosts that an operator lists for `webhooks`, as in `10.0.0.5:8080=webhooks`, may be delivered to. */
export const WEBHOOKS: OutboundPurpose = { for: 'given_address', toolkit: 'webhooks' };
