import { existsSync } from 'node:fs';
import { liveLock, requireFreePort, type Lock } from '../../preflight.mjs';
import { loadSettings, localUrl, type Settings } from '../config.js';
import { ok, problem, refusalOf, type Finding } from './finding.js';
import { diagnoseHome } from './home.diagnosis.js';
import { diagnoseLag } from './lag.diagnosis.js';
import { diagnosePrograms } from './programs.diagnosis.js';
import { diagnoseServers } from './servers.diagnosis.js';

export { logOf } from './last-error.js';
export { deadLetters } from './servers.diagnosis.js';
export { ok, problem, warning, type Finding } from './finding.js';

/** What `npm start` made on this machine. */
export interface Installation {
  home: string;
  /** Whether anything was ever started there. */
  exists: boolean;
  /** Where its gateway is reached from this machine; undefined while nothing runs on the home. */
  url: string | undefined;
  /** Opens what only the operator may see. */
  orgApiKey: string | undefined;
  findings: Finding[];
}

/**
 * Looks at the installation of this checkout: settings, programs, the home, and the servers while it runs. It changes nothing.
 * @param env the settings, as `npm start` reads them
 */
export async function diagnose(env: NodeJS.ProcessEnv): Promise<Installation> {
  let settings = loadSettings({ PATCHBAY_HOME: env['PATCHBAY_HOME'] });
  const refused = await refusalOf('Settings', () => {
    settings = loadSettings(env);
  });
  const home = settings.PATCHBAY_HOME;
  const exists = existsSync(home);
  const lock = liveLock(home);
  const findings = [
    refused ?? ok('Settings', 'They can be read.'),
    ...(await diagnosePrograms(settings, env)),
  ];
  if (!exists)
    return {
      home,
      exists,
      url: undefined,
      orgApiKey: undefined,
      findings: [...findings, await stopped(settings)],
    };
  const { findings: ofHome, secrets } = await diagnoseHome(home);
  findings.push(...ofHome, await running(settings, lock));
  if (lock) findings.push(...(await diagnoseServers(settings, secrets)), ...(await diagnoseLag(env)));
  return {
    home,
    exists,
    url: lock && localUrl({ ...settings, PORT: lock.port }),
    orgApiKey: settings.PATCHBAY_ORG_API_KEY ?? secrets.orgApiKey,
    findings,
  };
}

async function running(settings: Settings, lock: Lock | undefined): Promise<Finding> {
  return lock ? ok('Platform', `It runs as process ${lock.pid}, at ${lock.url}.`) : stopped(settings);
}

/** Not running, or it could not. */
async function stopped({ HOST, PORT, PATCHBAY_HOME: home }: Settings): Promise<Finding> {
  const taken = await refusalOf('Platform', () => requireFreePort(HOST, PORT, home));
  return taken ?? problem('Platform', `Nothing runs on ${home}.`, 'Start it with `npm start`.');
}
