import { Inject, Injectable } from '@nestjs/common';
import {
  clipText,
  webhookBody,
  writeJson,
  type TriggerEvent,
  type WebhookVersion,
} from '@patchbay/contracts';
import { OutboundClient, OutboundError } from '@patchbay/service';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { WEBHOOKS } from '../subscriptions/index.js';
import { askedPause } from './retry-schedule.js';
import { sign } from './signature.js';

/** Of an answer no more is read, and none of it is needed. */
const KEPT_ANSWER_BYTES = 4_096;
const MAX_ANSWER_BYTES = 1024 * 1024;
const KEPT_HEADERS = 30;
const KEPT_HEADER_CHARACTERS = 500;
const GONE = 410;
/** What says of the endpoint, and not of the event, that it does not do. */
const OVERLOADED = new Set([408, 425, 429, 502, 503, 504]);

/** Where to send to, and signed with what. */
export interface Endpoint {
  url: string;
  version: WebhookVersion;
  secret: string;
}

export interface Outcome {
  at: Date;
  durationMs: number;
  url: string;
  version: WebhookVersion;
  requestHeaders: Record<string, string>;
  status: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  /** Null when it arrived. */
  error: string | null;
  /** The endpoint is no more (410). */
  isGone: boolean;
  /** The endpoint does not cope, whatever it is sent. */
  isTrouble: boolean;
  /** How long it asked to be left alone, in milliseconds. */
  askedMs: number | undefined;
}

/** Sends one event to an endpoint, signed anew each time. */
@Injectable()
export class WebhookClient {
  constructor(
    private readonly http: OutboundClient,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PATCHBAY_WEBHOOK_TIMEOUT_SECONDS'>,
  ) {}

  /** @param number which attempt it is. It never throws: what went wrong is the outcome. */
  async deliver(
    endpoint: Endpoint,
    messageId: string,
    event: TriggerEvent,
    number: number,
  ): Promise<Outcome> {
    const { url, version } = endpoint;
    const body = writeJson(webhookBody(version, event));
    const at = new Date();
    const requestHeaders = headersOf(endpoint, { messageId, at, number, body });
    const begun = performance.now();
    const end = (answer: Partial<Outcome>): Outcome => ({
      at,
      durationMs: Math.round(performance.now() - begun),
      url,
      version,
      requestHeaders,
      status: null,
      responseHeaders: null,
      responseBody: null,
      error: null,
      isGone: false,
      isTrouble: false,
      askedMs: undefined,
      ...answer,
    });
    try {
      const answer = await this.http.send({
        purpose: WEBHOOKS,
        method: 'POST',
        url: new URL(url),
        headers: requestHeaders,
        body,
        timeoutMs: this.config.PATCHBAY_WEBHOOK_TIMEOUT_SECONDS * 1_000,
        maxBytes: MAX_ANSWER_BYTES,
        // The status is what counts: a page that comes with it need not be read to its end.
        patienceMs: (_, soFar) => (soFar.length >= KEPT_ANSWER_BYTES ? 0 : undefined),
      });
      answer.rest?.on('error', () => undefined).destroy();
      const isDelivered = answer.status >= 200 && answer.status < 300;
      return end({
        status: answer.status,
        responseHeaders: keptHeaders(answer.headers),
        responseBody: keptText(answer.body),
        error: isDelivered ? null : `The endpoint answered ${answer.status}.`,
        isGone: answer.status === GONE,
        isTrouble: OVERLOADED.has(answer.status),
        askedMs: isDelivered ? undefined : askedPause(answer.headers['retry-after']),
      });
    } catch (error) {
      return end({
        error: error instanceof Error ? error.message : String(error),
        isTrouble: error instanceof OutboundError,
      });
    }
  }
}

function headersOf(
  { version, secret }: Endpoint,
  { messageId, at, number, body }: { messageId: string; at: Date; number: number; body: string },
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  return {
    'content-type': 'application/json',
    'user-agent': 'Patchbay-Webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(secret, messageId, timestamp, body),
    'x-composio-webhook-version': version,
    'x-composio-delivery-attempt': String(number),
  };
}

/** A cookie may be a session of somebody's. */
const UNKEPT = new Set(['set-cookie', 'set-cookie2']);

function keptHeaders(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !UNKEPT.has(name));
  return Object.fromEntries(
    kept.slice(0, KEPT_HEADERS).map(([name, value]) => [name, clipText(value, KEPT_HEADER_CHARACTERS)]),
  );
}

function keptText(body: Buffer): string {
  return clipText(body.toString('utf8').replaceAll('\0', '\uFFFD'), KEPT_ANSWER_BYTES);
}
