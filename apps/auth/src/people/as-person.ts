import { currentContext, newContext, runInContext } from '@patchbay/service';
import type { Person } from './person.entity.js';

/**
 * The person acts, although the request came without a credential of theirs.
 * @param keyId of the key or the session by which they are known
 */
export function asPerson<T>(
  { id, email }: Pick<Person, 'id' | 'email'>,
  keyId: string,
  work: () => Promise<T>,
): Promise<T> {
  const actor = { kind: 'person', keyId, name: email, personId: id } as const;
  return runInContext(newContext({ deadline: Infinity, ...currentContext(), actor }), work);
}
