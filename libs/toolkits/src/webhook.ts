import type { TriggerHook, WebhookModel, WebhookSetupField } from '@patchbay/contracts';

/** A request of a provider as it came in. */
export interface InboundRequest {
  /** Upper case. */
  method: string;
  /** The whole public address that the provider called, query and all. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Exactly as it came: signatures are of bytes. */
  body: Uint8Array;
  /** When it came, in milliseconds since the epoch. */
  receivedAt: number;
}

/** What is known of where a request came to. */
export interface Receiving {
  /**
   * By name: `secret` of a hook of one instance; the setup fields of an app's endpoint; and what was learned by a
   * handshake before.
   */
  secrets: Readonly<Record<string, string | undefined>>;
  /** Of a hook of one instance. Absent while it is being registered. */
  hook?: TriggerHook | undefined;
}

export interface InboundAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What becomes of a request. */
export type Verdict =
  /** It is the provider's: its events are to be read. */
  | { outcome: 'accepted' }
  /** It is answered, and holds no events: a handshake, a probe. What was `learned` is kept among the secrets. */
  | { outcome: 'answered'; answer: InboundAnswer; learned?: Record<string, string> }
  /** It is not the provider's, or too old: 400, and no event. The reason is for the log, and holds nothing of the request. */
  | { outcome: 'refused'; reason: string };

/** One event as the provider sent it. */
export interface Delivery {
  /** The provider's id of it: a repeat has the same. */
  id: string;
  /** What it is, in the provider's words: `push`, `Issue.create`. */
  kind: string;
  /** ISO 8601, or milliseconds since the epoch. */
  at?: string | number | undefined;
  body: Record<string, unknown>;
}

/** How a toolkit takes webhooks. Pure: nothing is asked, nothing is kept. */
export interface WebhookReceiver {
  toolkit: string;
  model: WebhookModel;
  /** What the developer of a custom OAuth app gives, by name. Of model `app`. */
  setupFields?: Record<string, WebhookSetupField>;
  verify(request: InboundRequest, known: Receiving): Verdict;
  /** What a verified request holds. Whatever it cannot make sense of holds nothing. */
  open(request: InboundRequest): Delivery[];
}

export const ACCEPTED: Verdict = { outcome: 'accepted' };

export function refuse(reason: string): Verdict {
  return { outcome: 'refused', reason };
}

export function answerWith(answer: InboundAnswer, learned?: Record<string, string>): Verdict {
  return { outcome: 'answered', answer, ...(learned && { learned }) };
}
