import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useScope } from '../api/index.js';
import { PageHead } from '../ui/index.js';
import { SECTIONS, type SectionName } from './places.js';

/** The head of every section, with the way to the others. */
export function Head(props: { section: SectionName; note: ReactNode; children?: ReactNode }) {
  const { project } = useScope();
  return (
    <>
      <PageHead title="Triggers" note={props.note}>
        {props.children}
      </PageHead>
      <nav aria-label="Triggers" className="shrink-0 overflow-x-auto border-b border-line px-3 sm:px-5">
        <ul className="flex gap-1">
          {SECTIONS.map(({ to, name }) => (
            <li key={to}>
              <Link
                to="/p/$project/triggers/$section"
                params={{ project: project.id, section: to }}
                aria-current={to === props.section ? 'page' : undefined}
                className="-mb-px inline-flex h-9 items-center border-b-2 border-transparent px-2 text-sm whitespace-nowrap text-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

interface To {
  section: SectionName;
  item?: string;
  search?: Record<string, string>;
  /** How it looks, where it is not a link in a text. */
  className?: string;
  children: ReactNode;
}

/** A link to another section, or to what is in it. */
export function ToTriggers({ section, item, search = {}, className, children }: To) {
  const { project } = useScope();
  return (
    <Link
      to={item ? '/p/$project/triggers/$section/$item' : '/p/$project/triggers/$section'}
      params={{ project: project.id, section, item: item ?? '' }}
      search={search}
      className={className ?? 'text-accent hover:underline'}
    >
      {children}
    </Link>
  );
}
