import { Patchbay } from '@patchbay/client';
import { diagnose, ok, problem, type Finding, type Installation } from '@patchbay/local/diagnosis';
import type { Cli } from '../cli.js';
import { failureOf } from '../errors.js';
import { credentialOf, isLoopback, type Caller } from '../settings/index.js';
import { diagnoseAddress } from './address.js';
import { diagnoseEvents, diagnoseKeys } from './keys.js';

export { diagnoseToolkit } from './toolkit.js';
export type { Finding };

/** What was found, and where. */
export interface Diagnosis {
  base_url: string;
  /** The folder of the installation on this machine; null when another was looked at. */
  home: string | null;
  healthy: boolean;
  findings: Finding[];
}

/**
 * Looks at the platform that commands would be sent to: from outside, with the keys that there are, and, when it is the one of
 * this checkout, at what `npm start` keeps. It changes nothing.
 */
export async function examine(cli: Cli): Promise<Diagnosis> {
  const config = await configuration(cli);
  const caller = await cli.caller().catch((error: unknown) => failureOf(error).message);
  // Without a readable file of settings nothing can be said of where commands would go.
  if (typeof caller === 'string') return diagnosisOf('', undefined, config);
  const { signal } = cli;
  const installation = await here(cli, caller);
  const baseUrl = (caller.isGiven ? undefined : installation?.url) ?? caller.baseUrl;
  const isRunning = installation === undefined || installation.url !== undefined || caller.isGiven;
  const address = isRunning ? await diagnoseAddress(baseUrl, installation?.home, signal) : [];
  const isReached = address.some(({ subject, state }) => subject === 'Address' && state === 'ok');
  const own = installation && isOf(installation, baseUrl, isReached) ? installation : undefined;
  const findings = [...config, ...(own?.findings ?? []), ...address];
  if (isReached) findings.push(...(await withKeys(baseUrl, caller, own, signal)));
  return diagnosisOf(baseUrl, own, findings);
}

function diagnosisOf(baseUrl: string, own: Installation | undefined, findings: Finding[]): Diagnosis {
  const healthy = findings.every(({ state }) => state !== 'problem');
  return { base_url: baseUrl, home: own?.home ?? null, healthy, findings };
}

/** The file of the profiles. */
async function configuration(cli: Cli): Promise<Finding[]> {
  const { path } = cli.config;
  try {
    await cli.config.read();
  } catch (error) {
    const { message, suggestion } = failureOf(error);
    return [problem('Profiles', message, suggestion ?? '')];
  }
  if (!(await cli.config.isExposed())) return [ok('Profiles', path)];
  return [
    problem(
      'Profiles',
      `${path} can be read by other users of this machine.`,
      `chmod 600 ${path}, and sign in anew.`,
    ),
  ];
}

/** The installation of this checkout, unless another machine's was named. */
async function here(cli: Cli, { baseUrl, isGiven }: Caller): Promise<Installation | undefined> {
  return isGiven && !isLoopback(baseUrl) ? undefined : diagnose(cli.env);
}

/** Whether the installation is what answers at the address, or should. */
function isOf({ url }: Installation, baseUrl: string, isReached: boolean): boolean {
  if (url !== undefined) return new URL(url).port === new URL(baseUrl).port;
  return !isReached;
}

async function withKeys(
  baseUrl: string,
  { keys }: Caller,
  own: Installation | undefined,
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings = await diagnoseKeys(baseUrl, keys, signal);
  const operator = own?.orgApiKey === undefined ? keys.find(({ kind }) => kind !== 'project') : undefined;
  const credential = operator
    ? credentialOf(operator)
    : own?.orgApiKey
      ? { organisationApiKey: own.orgApiKey }
      : undefined;
  if (!credential) return findings;
  const isCounted = own?.findings.some(({ subject }) => subject === 'Dead letters') ?? false;
  return [
    ...findings,
    ...(await diagnoseEvents(new Patchbay({ baseUrl, ...credential }), isCounted, signal)),
  ];
}
