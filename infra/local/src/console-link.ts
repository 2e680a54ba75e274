import { z } from 'zod';

const Person = z.object({ id: z.string(), email: z.string() });
const People = z.object({ items: z.array(Person), next_cursor: z.string().nullable() });
const Link = z.object({ token: z.string() });

interface Where {
  /** Where browsers reach the platform, and where this process does. */
  baseUrl: string;
  localUrl: string;
  orgApiKey: string;
  userApiKey: string;
  ownerEmail: string;
}

/**
 * An address at which the owner of this machine's platform is signed in to the console, once and for some minutes. The
 * token stands behind the `#`, so that no server and no log sees it.
 * @returns the console's address alone when a link cannot be made, as with a key of the organisation that was revoked
 */
export async function consoleLink(where: Where): Promise<string> {
  const url = `${where.baseUrl}/console`;
  try {
    const id = (await ownKeyHolder(where)) ?? (await findOrMakeOwner(where));
    const { token } = Link.parse(await ask(where, `/org/people/${id}/sign-in-link`, { method: 'POST' }));
    return `${url}#token=${token}`;
  } catch {
    return url;
  }
}

/** Whose the key in the settings is. */
async function ownKeyHolder({ localUrl, userApiKey }: Where): Promise<string | undefined> {
  const answer = await fetch(`${localUrl}/api/v3.1/me`, { headers: { 'x-user-api-key': userApiKey } });
  return answer.ok ? Person.parse(await answer.json()).id : undefined;
}

async function findOrMakeOwner(where: Where): Promise<string> {
  const { ownerEmail: email } = where;
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = People.parse(await ask(where, `/org/people?limit=50&cursor=${encodeURIComponent(cursor)}`));
    const found = page.items.find((person) => person.email === email);
    if (found) return found.id;
    cursor = page.next_cursor;
  }
  const body = JSON.stringify({ email, name: 'Owner', role: 'owner' });
  return Person.parse(await ask(where, '/org/people', { method: 'POST', body })).id;
}

async function ask({ localUrl, orgApiKey }: Where, path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { 'x-org-api-key': orgApiKey, ...(init.body && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${localUrl}/api/v3.1${path}`, { ...init, headers });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}
