import type { ConnectOutcome } from '@patchbay/contracts';
import type { FastifyReply } from 'fastify';
import { withOutcome } from './callback-url.js';
import { sendPage } from '../pages/index.js';
import { ForwardPage, OutcomePage } from './pages.js';

/** To the developer's page, by a navigation of its own (see ForwardPage), or to ours when there is none. */
export function sendOutcome(reply: FastifyReply, outcome: ConnectOutcome): void {
  const { callbackUrl, toolkit } = outcome;
  if (!callbackUrl) return sendPage(reply, 200, OutcomePage({ outcome }));
  return sendPage(reply, 200, ForwardPage({ url: withOutcome(callbackUrl, outcome), toolkit }));
}
