import { connect } from 'node:tls';
import { z } from 'zod';
import { problem, type Finding } from '@patchbay/local/diagnosis';

const LIMIT_MS = 10_000;
const LONGEST_ANSWER = 256 * 1024;

/** What came back from an address. */
export interface Reached {
  status: number;
  headers: Headers;
  body: unknown;
  /** How far this machine's clock is ahead of the other's, in milliseconds. */
  clockAheadMs: number | undefined;
}

/** Asks for a page of the platform as a stranger does. Gives why nobody answered as a finding. */
export async function reach(subject: string, url: string, signal: AbortSignal): Promise<Reached | Finding> {
  const began = Date.now();
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    const answeredAt = (began + Date.now()) / 2;
    const date = Date.parse(response.headers.get('date') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: jsonOf((await response.text()).slice(0, LONGEST_ANSWER)),
      clockAheadMs: Number.isNaN(date) ? undefined : answeredAt - date,
    };
  } catch (error) {
    signal.throwIfAborted();
    return unreachable(subject, new URL(url), error);
  }
}

const Cause = z.object({ code: z.string().optional(), message: z.string() });

function unreachable(subject: string, url: URL, error: unknown): Finding {
  const { code = '', message } = Cause.catch({ message: String(error) }).parse(
    (error as { cause?: unknown }).cause ?? error,
  );
  if (code === 'ECONNREFUSED')
    return problem(
      subject,
      `Nothing listens at ${url.origin}.`,
      'Start Patchbay there, or name another address with --url.',
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return problem(
      subject,
      `The name ${url.hostname} is not known here.`,
      'Look at its spelling, at your DNS and your network.',
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/.test(code))
    return problem(
      subject,
      `The certificate of ${url.origin} is not trusted: ${message}.`,
      'Renew it. One of your own authority is trusted by NODE_EXTRA_CA_CERTS=<file>.',
    );
  const reason =
    error instanceof Error && error.name === 'TimeoutError'
      ? `no answer within ${LIMIT_MS / 1000} s`
      : message;
  return problem(
    subject,
    `${url.origin} cannot be reached: ${reason}.`,
    'Look whether a firewall or a proxy is in between.',
  );
}

/** When the certificate ends; undefined when it cannot be read. */
export function certificateEnd(url: URL): Promise<Date | undefined> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Whether it is trusted was found out by a request; here it only is read.
    const socket = connect({
      host,
      port: Number(url.port || 443),
      servername: host,
      rejectUnauthorized: false,
    });
    const end = (date?: Date) => {
      socket.destroy();
      resolve(date);
    };
    socket.setTimeout(LIMIT_MS, () => end());
    socket.once('error', () => end());
    socket.once('secureConnect', () => end(new Date(socket.getPeerCertificate().valid_to)));
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
