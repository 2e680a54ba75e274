import { useEffect, useState, useSyncExternalStore } from 'react';
import { ago, exactly, middle } from './format.js';
import { Icon } from './icon.js';
import { say } from './announcer.js';

let now = Date.now();
const hearers = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const hear of hearers) hear();
}, 10_000);
const subscribe = (hear: () => void) => {
  hearers.add(hear);
  return () => hearers.delete(hear);
};

/** A moment as seen from now, with the exact one in the reader's zone on hover. */
export function Time({ at, className = '' }: { at: string | number; className?: string }) {
  const seen = useSyncExternalStore(subscribe, () => now);
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <span>–</span>;
  return (
    <time dateTime={time.toISOString()} title={exactly(time)} className={`whitespace-nowrap ${className}`}>
      {ago(time, Math.max(seen, time.getTime() > seen && time.getTime() < Date.now() ? Date.now() : seen))}
    </time>
  );
}

/** Puts a text into the clipboard, and says so for a moment. */
export function useCopy(): [hasCopied: boolean, copy: (text: string) => void] {
  const [hasCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!hasCopied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [hasCopied]);
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        say('Copied');
      },
      () => say('The browser did not let it be copied'),
    );
  };
  return [hasCopied, copy];
}

/** An id or a slug: shortened in the middle, copied whole by a click. */
export function Id({ value, longest = 22 }: { value: string; longest?: number }) {
  const [hasCopied, copy] = useCopy();
  return (
    <button
      type="button"
      onClick={() => copy(value)}
      title={`Copy ${value}`}
      className="group inline-flex max-w-full items-center gap-1 rounded font-mono text-sm text-ink"
    >
      <span className="truncate">{middle(value, longest)}</span>
      <Icon
        name={hasCopied ? 'check' : 'copy'}
        size={12}
        className={
          hasCopied
            ? 'text-good'
            : 'text-soft opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100'
        }
      />
    </button>
  );
}

export function CopyButton({ text, label = 'Copy' }: { text: string | (() => string); label?: string }) {
  const [hasCopied, copy] = useCopy();
  return (
    <button
      type="button"
      onClick={() => copy(typeof text === 'string' ? text : text())}
      className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <Icon name={hasCopied ? 'check' : 'copy'} size={12} className={hasCopied ? 'text-good' : ''} />
      {hasCopied ? 'Copied' : label}
    </button>
  );
}

/** Text to paste somewhere. */
export function Snippet({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative min-w-0 rounded-lg bg-back ring-1 ring-line ring-inset">
      <div className="absolute top-px right-px rounded-lg bg-back p-1">
        <CopyButton text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-96 overflow-auto p-3 pr-20 font-mono text-sm leading-5 text-ink"
      >
        {text}
      </pre>
    </div>
  );
}
