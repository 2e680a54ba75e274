import { createHash } from 'node:crypto';
import { AppError, type ErrorCode } from '@patchbay/contracts';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { RefusedPage } from './refused.page.js';
import { STYLE } from './style.js';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No script at all, nothing from elsewhere but logos, and no framing. */
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

/**
 * A page that scripts from here draw. Nothing comes from elsewhere, and no script stands in the page; styles may, as libraries
 * that draw set them on what they draw, and with no address but ours to reach they can carry nothing away.
 */
export function sendScriptedPage(reply: FastifyReply, page: VNode): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  void reply
    .status(200)
    .headers({ ...HEADERS, 'content-security-policy': policy.join('; ') })
    .send(`<!doctype html>${renderToString(page)}`);
}

export function sendPage(reply: FastifyReply, status: number, page: VNode): void {
  void reply
    .status(status)
    .headers(HEADERS)
    .send(`<!doctype html>${renderToString(page)}`);
}

/** A page inside one of ours, to be looked at alone: nothing in it can be sent. */
export function sendPreview(reply: FastifyReply, page: VNode): void {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src data: https:',
    "form-action 'none'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    'sandbox',
  ];
  void reply
    .status(200)
    .headers({ ...HEADERS, 'content-security-policy': policy.join('; '), 'x-frame-options': 'SAMEORIGIN' })
    .send(`<!doctype html>${renderToString(page)}`);
}

/** Errors that may be gone in a moment. What is wrong with us is not shown. */
const TRANSIENT = new Set<string>(['unavailable', 'internal'] satisfies ErrorCode[]);

/** For a user over the limit of their address. */
export function sendTooManyRequests(reply: FastifyReply, { message, retryAfter = 1 }: AppError): void {
  void reply.header('retry-after', String(retryAfter));
  sendPage(reply, 429, RefusedPage({ message, isLinkUnusable: false }));
}

/** Shows a refusal as a page instead of the API's envelope. Unexpected errors are thrown on. */
export async function orRefusedPage(
  reply: FastifyReply,
  status: number,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'rate_limited') return sendTooManyRequests(reply, error);
    const isLinkUnusable = ['link_not_usable', 'invalid_request', 'connection_not_found'].includes(
      error.code,
    );
    const isPermanent = !isLinkUnusable && !TRANSIENT.has(error.code);
    const message = isLinkUnusable || isPermanent ? error.message : 'This does not work at the moment.';
    const shown = isLinkUnusable ? status : isPermanent ? 400 : 503;
    sendPage(reply, shown, RefusedPage({ message, isLinkUnusable, isPermanent }));
  }
}
