import * as RadixTabs from '@radix-ui/react-tabs';
import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './button.js';

/** A page's name and what can be done on it, above what it shows. */
export function PageHead(props: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-3 sm:px-6">
      <div className="min-w-0">
        <h1 className="truncate text-xl font-semibold">{props.title}</h1>
        {props.note && <p className="text-sm text-soft">{props.note}</p>}
      </div>
      {props.children && <div className="flex flex-wrap items-center gap-2">{props.children}</div>}
    </div>
  );
}

/** A list, and beside it what of it is open: the whole page where there is no room for both. */
export function ListAndPanel({ list, panel }: { list: ReactNode; panel?: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1">
      <div className={`min-h-0 min-w-0 flex-1 flex-col ${panel ? 'hidden lg:flex' : 'flex'}`}>{list}</div>
      {panel}
    </div>
  );
}

interface PanelProps {
  /** What is open. */
  title: ReactNode;
  label: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** What is open beside a list. Escape closes it. */
export function Panel({ title, label, onClose, actions, children }: PanelProps) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"],[role="menu"]')) return;
      close.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <section
      aria-label={label}
      className="flex min-h-0 w-full min-w-0 animate-appear flex-col border-line bg-paper lg:w-[min(46rem,56%)] lg:border-l"
    >
      <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line px-4 sm:pl-6">
        <h1 className="min-w-0 flex-1 truncate text-base">{title}</h1>
        {actions}
        <IconButton icon="close" label="Close" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
    </section>
  );
}

export function Section(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`px-4 py-4 sm:px-6 ${props.className ?? ''}`}>
      <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{props.title}</h2>
        <div className="flex items-center">{props.actions}</div>
      </div>
      {props.children}
    </section>
  );
}

/** Names and what they are, under each other. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Tabs(props: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  tabs: { value: string; title: string; content: ReactNode }[];
}) {
  return (
    <RadixTabs.Root
      value={props.value}
      onValueChange={props.onChange}
      className="flex min-h-0 flex-1 flex-col"
    >
      <RadixTabs.List
        aria-label={props.label}
        className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-3"
      >
        {props.tabs.map(({ value, title }) => (
          <RadixTabs.Trigger
            key={value}
            value={value}
            className="-mb-px h-9 border-b-2 border-transparent px-2 text-sm whitespace-nowrap text-soft -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {title}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {props.tabs.map(({ value, content }) => (
        <RadixTabs.Content
          key={value}
          value={value}
          className="min-h-0 flex-1 overflow-y-auto -outline-offset-2"
        >
          {content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
