import type { Patchbay } from '@patchbay/client';
import { CliError } from './errors.js';
import { ExitCode } from './exit-codes.js';
import type { Profile } from './settings/index.js';

type Page<T> = { data: T[]; next_cursor: string | null };

/** The projects in which a person has a role. */
export function ownProjects(patchbay: Patchbay, signal: AbortSignal) {
  return everyOne((query) => patchbay.request('listOwnProjects', { query, signal }));
}

/** All projects, for the organisation's key. */
export function allProjects(patchbay: Patchbay, signal: AbortSignal) {
  return everyOne((query) => patchbay.request('listProjects', { query, signal }));
}

async function* everyOne<T>(
  pageAt: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await pageAt({ limit: 100, ...(cursor !== null && { cursor }) });
    yield* page.data;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

/**
 * The project of this id or name.
 * @throws CliError when the person has none of it
 */
export async function findProject(
  patchbay: Patchbay,
  idOrName: string,
  signal: AbortSignal,
): Promise<NonNullable<Profile['project']>> {
  for await (const { id, name, org_id: organisationId } of ownProjects(patchbay, signal))
    if (id === idOrName || name === idOrName) return { id, name, organisationId };
  throw new CliError(
    `You are in no project "${idOrName}".`,
    '`patchbay projects list` has those that you are in.',
    ExitCode.notFound,
  );
}
