import { ApiError, Patchbay } from '@patchbay/client';
import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { currentSession, type ConsoleSession, type Role } from './session.js';

const SESSION = ['session'];

/** What was answered, for as long as it is looked at; what is over says so once. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(SESSION, null);
    },
  }),
  // The client repeats what may be repeated by itself.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 }, mutations: { retry: false } },
});

/** Somebody has signed in or out. What one person was answered is not there for the next one. */
export function setSession(session: ConsoleSession | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  queryClient.setQueryData(SESSION, session);
}

export const useSessionQuery = () =>
  useQuery({ queryKey: SESSION, queryFn: currentSession, staleTime: Infinity });

interface Scope {
  api: Patchbay;
  session: ConsoleSession;
  project: { id: string; name: string; role: Role };
}

const ScopeContext = createContext<Scope | undefined>(undefined);

/** Who asks, and in which project, for everything below. */
export function ProjectScope(props: { session: ConsoleSession; projectId: string; children: ReactNode }) {
  const { session, projectId } = props;
  const scope = useMemo(
    () => ({
      session,
      project: session.projects.find(({ id }) => id === projectId) ?? {
        id: projectId,
        name: projectId,
        role: session.person.role ?? 'viewer',
      },
      api: new Patchbay({
        baseUrl: window.location.origin,
        csrfToken: session.csrf_token,
        organisationId: session.organization.id,
        projectId,
      }),
    }),
    [session, projectId],
  );
  return <ScopeContext value={scope}>{props.children}</ScopeContext>;
}

export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('There is no project here');
  return scope;
}

export const useApi = () => useScope().api;

const RANK: Record<Role, number> = { viewer: 1, developer: 2, owner: 3 };

/** Whether the person may do in this project what takes the role. */
export function useMay(role: Role): boolean {
  return RANK[useScope().project.role] >= RANK[role];
}

/** Whether the person owns the organisation: its people and projects are theirs to manage. */
export const useOwnsOrganisation = () => useScope().session.person.role === 'owner';
