import { newContext, runInContext } from '@patchbay/service';

/** What a start does is the operator's doing: the audit names the setting. */
export function bySetting<T>(name: string, work: () => Promise<T>): Promise<T> {
  const actor = { kind: 'setting', keyId: null, name } as const;
  return runInContext(newContext({ actor, deadline: Infinity }), work);
}

/** What the log says of a setting with a key that was revoked; the other keys go on working, so the start does too. */
export const REVOKED_SETTING =
  'holds an API key that was revoked: it stays revoked, and the setting is ignored. ' +
  'Put a new key there and start again; one that npm start made stands in secrets.json of PATCHBAY_HOME, ' +
  'and is created again when it is removed from there.';
