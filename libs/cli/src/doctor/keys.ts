import { ApiError, Patchbay } from '@patchbay/client';
import { deadLetters, ok, problem, warning, type Finding } from '@patchbay/local/diagnosis';
import { credentialOf, type Key } from '../settings/index.js';

const DAY_MS = 24 * 3_600_000;
const KEY_DAYS = 14;

/** Whether each key that would be sent is taken. */
export async function diagnoseKeys(baseUrl: string, keys: Key[], signal: AbortSignal): Promise<Finding[]> {
  return Promise.all(keys.map((key) => diagnoseKey(baseUrl, key, signal)));
}

async function diagnoseKey(baseUrl: string, key: Key, signal: AbortSignal): Promise<Finding> {
  const subject = key.source.replace(/^The profile/, 'Profile');
  const patchbay = new Patchbay({ baseUrl, ...credentialOf(key) });
  try {
    if (key.kind === 'organisation') {
      await patchbay.request('listProjects', { query: { limit: 1 }, signal });
      return ok(subject, "It is the organisation's key.");
    }
    const { project } = await patchbay.request('getCurrentProject', { signal });
    if (key.kind === 'project') return ok(subject, `It is a key of the project ${project?.name}.`);
    return await diagnosePerson(subject, patchbay, project?.name, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ApiError))
      return problem(
        subject,
        `It could not be tried: ${(error as Error).message.replace(/\.$/, '')}.`,
        'Run this again.',
      );
    return problem(
      subject,
      `It is not taken: ${error.message}`,
      error.suggestion ?? 'Sign in again with `patchbay login`, or set one that is good.',
    );
  }
}

async function diagnosePerson(
  subject: string,
  patchbay: Patchbay,
  project: string | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const { email, keys, key_id: keyId } = await patchbay.request('getMe', { signal });
  const endsAt = keys.find(({ id }) => id === keyId)?.expires_at;
  if (endsAt && Date.parse(endsAt) - Date.now() < KEY_DAYS * DAY_MS)
    return warning(
      subject,
      `It is a key of ${email}, and ends at ${endsAt}.`,
      'Make another with `patchbay keys create --own`.',
    );
  if (project === undefined)
    return warning(
      subject,
      `It is a key of ${email}, who is in no project.`,
      'An owner gives them a role in one.',
    );
  return ok(subject, `It is a key of ${email}.`);
}

/** What only the operator may see: events that were set aside, or could not be read by the record. */
export async function diagnoseEvents(
  patchbay: Patchbay,
  isCounted: boolean,
  signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const findings = isCounted ? [] : [await lettersOf(patchbay, signal)];
    const { total_items: rejected } = await patchbay.request('listRejectedEvents', {
      query: { limit: 1 },
      signal,
    });
    findings.push(
      rejected === 0
        ? ok('The record', 'It could read all events.')
        : warning(
            'The record',
            `It could not read ${rejected} events.`,
            'GET /api/v3.1/org/logs/rejected_events lists them with the reason.',
          ),
    );
    return findings;
  } catch (error) {
    signal.throwIfAborted();
    // Whether the key may ask is told elsewhere.
    if (error instanceof ApiError && [401, 403].includes(error.status)) return [];
    return [
      problem(
        'Events',
        `They could not be looked at: ${(error as Error).message.replace(/\.$/, '')}.`,
        'Run this again.',
      ),
    ];
  }
}

async function lettersOf(patchbay: Patchbay, signal: AbortSignal): Promise<Finding> {
  const { items } = await patchbay.request('countDeadLetters', { signal });
  return deadLetters(items.filter(({ total }) => total).map(({ service, total }) => `${service} ${total}`));
}
