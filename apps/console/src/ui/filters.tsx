import type { ReactNode } from 'react';
import { Badge } from './button.js';

/** What narrows a list, above it. */
export function Filters(props: {
  /** What is narrowed. */
  label: string;
  /** Under a line of tabs, which leaves no space below itself as a page's head does. */
  isUnderTabs?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      role="search"
      aria-label={props.label}
      className={`flex flex-wrap items-center gap-2 border-b border-line px-4 ${props.isUnderTabs ? 'py-3' : 'pb-3'} sm:px-6`}
    >
      {props.children}
    </div>
  );
}

/** A filter that comes by links alone, and is taken away here. */
export function Only(props: { name: string; value: string | undefined; onClear: () => void }) {
  if (!props.value) return null;
  return (
    <Badge>
      Of the {props.name} {props.value}
      <button
        type="button"
        aria-label={`Of any ${props.name}`}
        className="ml-1 rounded px-1"
        onClick={props.onClear}
      >
        ×
      </button>
    </Badge>
  );
}
