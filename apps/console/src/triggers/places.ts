import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useScope } from '../api/index.js';

export const SECTIONS = [
  { to: 'instances', name: 'Instances' },
  { to: 'types', name: 'Types' },
  { to: 'events', name: 'Events' },
  { to: 'deliveries', name: 'Deliveries' },
  { to: 'webhook', name: 'Webhook' },
  { to: 'endpoints', name: 'Endpoints' },
] as const;
export type SectionName = (typeof SECTIONS)[number]['to'];

/** What of a section is open, by its address. */
export function useOpened(section: SectionName): {
  openId: string | undefined;
  /** @param keeps what the address says after its question mark, unless it is false */
  open: (id?: string, keeps?: boolean) => void;
} {
  const { item: openId } = useParams({ strict: false }) as { item?: string };
  const { project } = useScope();
  const navigate = useNavigate();
  const open = (id?: string, keeps = true) =>
    void navigate({
      to: id ? '/p/$project/triggers/$section/$item' : '/p/$project/triggers/$section',
      params: { project: project.id, section, item: id ?? '' },
      search: keeps ? true : {},
      replace: openId !== undefined && id !== undefined,
    });
  return { openId, open };
}

type Words<Name extends string> = Partial<Record<Name, string>>;

/** What a list is narrowed by, in the address. */
export function useFilters<Name extends string>(): {
  filters: Words<Name>;
  change: (changes: Partial<Record<Name, string | undefined>>) => void;
  clear: () => void;
  isFiltered: boolean;
} {
  const filters = useSearch({ strict: false } as const) as unknown as Words<Name>;
  const navigate = useNavigate();
  const change = useCallback(
    (changes: object) =>
      void navigate({ to: '.', search: (before: object) => ({ ...before, ...changes }), replace: true }),
    [navigate],
  );
  return {
    filters,
    change,
    clear: () => void navigate({ to: '.', search: {}, replace: true }),
    isFiltered: Object.values(filters).some(Boolean),
  };
}
