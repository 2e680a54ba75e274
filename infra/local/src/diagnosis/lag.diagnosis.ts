import { metricsPort, serviceNames, type ServiceName } from '../services.js';
import { ok, problem, type Finding } from './finding.js';

const LIMIT_MS = 3_000;
/** Events are handled within moments. */
const LATE_SECONDS = 60;

/** Whether services are behind with their events: only their metrics tell, which PATCHBAY_METRICS_PORT switches on. */
export async function diagnoseLag(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  if (!env['PATCHBAY_METRICS_PORT']) return [];
  const lags = await Promise.all(serviceNames.map(async (name) => [name, await lagOf(name, env)] as const));
  const unknown = lags.filter(([, lag]) => lag === undefined).map(([name]) => name);
  if (unknown.length > 0)
    return [
      problem(
        'Events',
        `No metrics are told by ${unknown.join(', ')}.`,
        'Look at their logs, and whether they were started with the same PATCHBAY_METRICS_PORT.',
      ),
    ];
  const late = lags.filter(([, lag = 0]) => lag > LATE_SECONDS);
  if (late.length === 0) return [ok('Events', 'All services are up to date with their events.')];
  return [
    problem(
      'Events',
      `Services are behind with their events: ${late.map(([name, lag = 0]) => `${name} ${Math.round(lag)} s`).join(', ')}.`,
      'Look whether Postgres is slow, or run another replica of the service.',
    ),
  ];
}

/** The longest of its consumers, in seconds; undefined when it does not tell. */
async function lagOf(name: ServiceName, env: NodeJS.ProcessEnv): Promise<number | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${metricsPort(name, env)}/metrics`, {
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const lines = (await response.text()).matchAll(/^patchbay_consumer_lag_seconds(?:\{[^}]*\})? (\S+)$/gm);
    return Math.max(0, ...[...lines].map(([, value]) => Number(value)).filter(Number.isFinite));
  } catch {
    return undefined;
  }
}
