import { createHash } from 'node:crypto';
import { AppError, type ErrorCode } from '@patchbay/contracts';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { RefusedPage } from './pages.js';
import { STYLE } from './style.js';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No script at all, nothing from elsewhere but logos, and in nobody's frame. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src data: https:',
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

export function sendPage(reply: FastifyReply, status: number, page: VNode): void {
  void reply
    .status(status)
    .headers(HEADERS)
    .send(`<!doctype html>${renderToString(page)}`);
}

/** What may be otherwise in a moment. Of our own troubles nothing is told. */
const PASSING = new Set<string>(['unavailable', 'internal'] satisfies ErrorCode[]);

/** A person who opens pages too fast, or shares an address with somebody who does. */
export function sendTooMany(reply: FastifyReply, { message, retryAfter = 1 }: AppError): void {
  void reply.header('retry-after', String(retryAfter));
  sendPage(reply, 429, RefusedPage({ message, isOver: false }));
}

/** People get a page for a refusal, and not the API's envelope. Anything unexpected goes the usual way. */
export async function orRefusedPage(
  reply: FastifyReply,
  status: number,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'rate_limited') return sendTooMany(reply, error);
    const isOver = ['link_not_usable', 'invalid_request', 'connection_not_found'].includes(error.code);
    const isSettled = !isOver && !PASSING.has(error.code);
    const message = isOver || isSettled ? error.message : 'This does not work at the moment.';
    const shown = isOver ? status : isSettled ? 400 : 503;
    sendPage(reply, shown, RefusedPage({ message, isOver, isSettled }));
  }
}
