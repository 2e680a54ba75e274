import type { TriggerCursor, TriggerHook } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ToolRuntime } from './tool-runtime.js';
import type { Delivery, WebhookReceiver } from './webhook.js';

/**
 * What a trigger type may use of the outside: the provider, with the account that the instance was made for. The clock is
 * for what is itself about the time, such as what starts soon: no cursor is made of it.
 */
export type TriggerRuntime = Pick<ToolRuntime, 'http' | 'parse' | 'account' | 'now'>;

/** Something that happened at the provider. */
export interface TriggerEvent<P = Record<string, unknown>> {
  /** The provider's own id of it, or what makes it one of its kind: the same each time that it is come upon. */
  id: string;
  /** When it happened, as the provider says: ISO 8601, or milliseconds since the epoch. */
  at?: string | number | undefined;
  payload: P;
}

export interface PollRequest<C> {
  config: C;
  /** As the poll before answered it; null the first time. */
  cursor: TriggerCursor | null;
  runtime: TriggerRuntime;
  /** About how many events are wanted: what is beyond comes with the next poll. */
  limit: number;
}

export interface PollOutcome<P> {
  /** Oldest first. */
  events: TriggerEvent<P>[];
  /**
   * JSON of what the provider said: a token, an id, its own times. Never a time of ours, and never a secret. A poll whose
   * cursor is longer than a megabyte fails: what it would watch is too much.
   */
  cursor: TriggerCursor;
  /** There is more to be had at once. */
  more?: boolean;
}

/**
 * Asks for what is new since the cursor. The first time it only finds out where to begin. It may come upon the same event
 * twice, and must not leave one out: `newItems`, `afterId`, `tokenFeed` and `changes` in `triggers/` are ways to do so.
 */
export type Poll<C, P> = (request: PollRequest<C>) => Promise<PollOutcome<P>>;

export interface RegisterRequest<C> {
  config: C;
  /** Where the provider is to send events. */
  url: string;
  /** A secret of ours, for providers that take one. */
  secret: string;
  runtime: RegisterRuntime;
}

export interface RegisterRuntime extends TriggerRuntime {
  /** The secret of the OAuth app that the account was connected with: of OAuth 1, and where the webhook is signed with it. */
  appSecret?: string | undefined;
}

export interface Registered {
  /** What is needed to renew, to remove and to recognise the hook. No secrets. */
  hook: TriggerHook;
  /** What inbound requests are verified with, when it is not the one that was given. */
  secret?: string | undefined;
  /** ISO 8601; absent: it lasts. */
  expiresAt?: string | undefined;
}

/** What of an inbound request an instance is given, if its settings match. */
export interface WebhookEvent<C, P> extends Omit<TriggerEvent<P>, 'id'> {
  /** Absent: the delivery's. */
  id?: string;
  /** Whether it is for an instance with these settings and this hook. Absent: it is. */
  matches?: (config: C, hook: TriggerHook) => boolean;
}

/** Whom a delivery is for that says only that something changed. */
export type WebhookHint<C> = Pick<WebhookEvent<C, never>, 'matches'>;

export interface TriggerWebhook<C, P> {
  /** Of the toolkit: it verifies requests and says what they hold. */
  receiver: WebhookReceiver;
  /** Its requests are signed with the secret of the OAuth app, which `register` and `renew` are given. */
  isSignedByApp?: boolean;
  /** Makes the hook; where webhooks are the app's, finds out who the account is at the provider. */
  register(request: RegisterRequest<C>): Promise<Registered>;
  /** Of hooks that end. The answer takes the place of what was registered. */
  renew?(request: RegisterRequest<C> & { hook: TriggerHook }): Promise<Registered>;
  /** Absent: there is nothing to take away. */
  remove?(request: { config: C; hook: TriggerHook; runtime: RegisterRuntime }): Promise<void>;
  /** What a delivery means for this type; empty: nothing. */
  events?(delivery: Delivery): WebhookEvent<C, P>[];
  /**
   * Of a provider that says that something changed, and not what: those that match are polled at once, and that tells. The
   * type has `poll` as well, and no `events`.
   */
  hints?(delivery: Delivery): WebhookHint<C>[];
}

/** A kind of event of a toolkit that instances can wait for. It can be polled, or take webhooks, or both. */
export interface TriggerSpec {
  /** Public and lasting. `TOOLKIT_EVENT`, upper case. */
  slug: string;
  name: string;
  description: string;
  /** For the developer: what has to be so at the provider before it works. */
  instructions?: string;
  /** Slugs that it had before, which still name it. */
  aliases?: string[];
  /** OAuth scopes the provider wants for it. */
  scopes?: string[];
  /** Without `interval`, which every type that is polled has. */
  config: z.ZodObject;
  payload: z.ZodObject;
  poll?: Poll<Record<string, unknown>, Record<string, unknown>>;
  webhook?: TriggerWebhook<Record<string, unknown>, Record<string, unknown>>;
}

type Described = Omit<TriggerSpec, 'config' | 'payload' | 'poll' | 'webhook'>;

/** Types what a trigger does by its own schemas. Settings are parsed with them before it sees them. */
export function triggerType<C extends z.ZodObject, P extends z.ZodObject>(
  spec: Described & {
    config: C;
    payload: P;
    poll?: Poll<z.output<C>, z.output<P>>;
    webhook?: TriggerWebhook<z.output<C>, z.output<P>>;
  },
): TriggerSpec {
  const { slug, poll, webhook } = spec;
  if (!poll && !webhook) throw new Error(`${slug} can neither be polled nor pushed`);
  if (webhook && !webhook.events === !webhook.hints)
    throw new Error(`${slug} must have either events or hints`);
  if (webhook?.hints && !poll)
    throw new Error(`${slug} is only told that something changed, and has no poll`);
  return spec as unknown as TriggerSpec;
}
