import { z } from 'zod';
import { logOf, ok, problem, warning, type Finding } from '@patchbay/local/diagnosis';
import { isInTheClear, isLoopback } from '../settings/index.js';
import { certificateEnd, reach } from './reach.js';

const DAY_MS = 24 * 3_600_000;
const CERTIFICATE_DAYS = 14;
/** Signatures of webhooks and steps of a sign-in bear a little. */
const CLOCK_MS = 30_000;

const Readiness = z.object({ status: z.string(), services: z.record(z.string(), z.string()) });
const Metadata = z.object({ issuer: z.url() });

/**
 * What anybody can see of a platform: whether it is there and well, its clock, its certificate, and the address that it calls its own.
 * @param home of an installation on this machine, where the services' logs are
 */
export async function diagnoseAddress(
  baseUrl: string,
  home: string | undefined,
  signal: AbortSignal,
): Promise<Finding[]> {
  const answer = await reach('Address', `${baseUrl}/health/ready`, signal);
  if ('state' in answer) return [answer];
  const { data: readiness } = Readiness.safeParse(answer.body);
  if (!readiness) return [noPatchbay(baseUrl, answer.status, answer.headers.get('location'))];
  return [
    ok('Address', `Patchbay answers at ${baseUrl}.`),
    ...services(readiness, home),
    ...clock(answer.clockAheadMs),
    ...(await certificate(baseUrl)),
    await publicAddress(baseUrl, signal),
  ];
}

function noPatchbay(baseUrl: string, status: number, location: string | null): Finding {
  return location === null
    ? problem(
        'Address',
        `What answers at ${baseUrl} (${status}) is not Patchbay.`,
        'Name its address with --url.',
      )
    : problem('Address', `${baseUrl} leads to ${location}.`, 'Use that address: a key is not sent on.');
}

function services(
  { status, services: states }: z.infer<typeof Readiness>,
  home: string | undefined,
): Finding[] {
  if (status === 'stopping')
    return [problem('Services', 'The gateway is stopping.', 'Wait until it is there again, or start it.')];
  const unwell = Object.entries(states).filter(([, state]) => state !== 'ok');
  if (unwell.length === 0)
    return [ok('Services', `All are well: gateway, ${Object.keys(states).join(', ')}.`)];
  return unwell.map(([name, state]) =>
    problem(
      `Service ${name}`,
      `${state.replace(/[.\s]+$/, '')}.`,
      home === undefined ? 'Look at its log.' : logOf(home, name),
    ),
  );
}

function clock(aheadMs: number | undefined): Finding[] {
  if (aheadMs === undefined) return [];
  if (Math.abs(aheadMs) < CLOCK_MS) return [ok('Clock', 'It is the same here and there.')];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return [
    problem(
      'Clock',
      `The clock of this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the platform's.`,
      'Set both by NTP: sign-ins, signed links and webhooks are refused when they differ.',
    ),
  ];
}

async function certificate(baseUrl: string): Promise<Finding[]> {
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:') return [];
  const end = await certificateEnd(url);
  if (!end) return [];
  const days = Math.floor((end.getTime() - Date.now()) / DAY_MS);
  const message = `The certificate ends in ${days} days.`;
  return [
    days < CERTIFICATE_DAYS ? warning('Certificate', message, 'Renew it.') : ok('Certificate', message),
  ];
}

/** Links, callbacks and MCP addresses begin with it. */
async function publicAddress(baseUrl: string, signal: AbortSignal): Promise<Finding> {
  const subject = 'Public address';
  const answer = await reach(subject, `${baseUrl}/.well-known/oauth-authorization-server`, signal);
  if ('state' in answer) return answer;
  const { data } = Metadata.safeParse(answer.body);
  if (!data)
    return problem(
      subject,
      'The platform does not say it.',
      'Is it of the same version as this command line?',
    );
  const { issuer } = data;
  if (isLoopback(issuer) && !isLoopback(baseUrl))
    return problem(
      subject,
      `Links begin with ${issuer}, which leads users to their own machine.`,
      `Start the platform with PUBLIC_URL=${baseUrl}.`,
    );
  if (isInTheClear(issuer))
    return warning(
      subject,
      `Links begin with ${issuer}, which is not encrypted: keys can be read on the way, and most providers refuse it for sign-ins.`,
      'Put a proxy with a certificate in front, and start the platform with PUBLIC_URL=https://….',
    );
  if (new URL(issuer).host === new URL(baseUrl).host || isLoopback(issuer)) return ok(subject, issuer);
  const live = await reach(subject, `${issuer.replace(/\/$/, '')}/health/live`, signal);
  if ('state' in live) return { ...live, message: `Links begin with ${issuer}. ${live.message}` };
  if (live.status === 200) return ok(subject, issuer);
  return problem(
    subject,
    `Links begin with ${issuer}, and what answers there (${live.status}) is not Patchbay.`,
    'Mend the proxy in front, or start the platform with the right PUBLIC_URL.',
  );
}
