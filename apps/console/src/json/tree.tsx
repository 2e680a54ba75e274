import { useState } from 'react';
import { count, Icon } from '../ui/index.js';

/** How many of a list's or an object's entries are drawn at once, and how much of a text. */
const ENTRIES = 100;
const CHARACTERS = 600;
/** What is open at first: so deep, and as long as there are no more than so many entries. */
const OPEN_DEPTH = 2;
const OPEN_ENTRIES = 30;

/** A value of JSON that unfolds: what is folded, or beyond the beginning, is not drawn. */
export function Tree({ value }: { value: unknown }) {
  return (
    <div className="min-w-max font-mono text-sm leading-6 sm:min-w-0">
      <Node value={value} depth={0} />
    </div>
  );
}

const entriesOf = (value: object): [string, unknown][] =>
  Array.isArray(value)
    ? value.map((item, at): [string, unknown] => [String(at), item])
    : Object.entries(value);

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
    return <Branch {...(name !== undefined && { name })} value={value} depth={depth} />;
  return (
    <div className="flex min-w-0 items-baseline pl-4.5">
      {name !== undefined && <Name name={name} />}
      <Leaf value={value} />
    </div>
  );
}

function Branch({ name, value, depth }: { name?: string; value: object; depth: number }) {
  const isList = Array.isArray(value);
  const size = isList ? value.length : Object.keys(value).length;
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH && size <= OPEN_ENTRIES);
  const [shown, setShown] = useState(ENTRIES);
  // Asked for only while it is open: a list may be as long as it likes.
  const entries = isOpen ? entriesOf(value).slice(0, shown) : [];
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-6 min-w-6 items-center rounded text-left hover:bg-hover"
      >
        <Icon
          name="right"
          size={14}
          className={`mr-1 text-soft transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
        {name !== undefined && <Name name={name} />}
        <span className="text-soft">
          {isList ? `[${count(size)}]` : `{${count(size)}}`}
          {!isOpen && <span className="ml-2 font-sans text-xs">{preview(value)}</span>}
        </span>
      </button>
      {isOpen && (
        <div className="ml-1.75 border-l border-line pl-2">
          {entries.map(([key, item]) => (
            <Node key={key} name={key} value={item} depth={depth + 1} />
          ))}
          {size > shown && (
            <button
              type="button"
              onClick={() => setShown(shown + 5 * ENTRIES)}
              className="ml-4.5 rounded font-sans text-xs text-accent hover:underline"
            >
              Show more of {count(size - shown)} left
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** A few names of what is inside. */
function preview(value: object): string {
  if (Array.isArray(value)) return '';
  const names = Object.keys(value)
    .slice(0, 4)
    .map((name) => (name.length > 20 ? `${name.slice(0, 20)}…` : name));
  return names.join(', ');
}

function Name({ name }: { name: string }) {
  return (
    <span className="mr-2 shrink-0 text-accent">
      <bdi>{name.length > 120 ? `${name.slice(0, 120)}…` : name}</bdi>
      <span className="text-soft">:</span>
    </span>
  );
}

function Leaf({ value }: { value: unknown }) {
  const [isWhole, setWhole] = useState(false);
  if (typeof value !== 'string')
    return (
      <span className={value === null ? 'text-soft' : 'text-wait'}>{JSON.stringify(value) ?? 'null'}</span>
    );
  const isLong = value.length > CHARACTERS && !isWhole;
  return (
    <span className="min-w-0 break-words whitespace-pre-wrap text-good">
      <bdi>&quot;{isLong ? value.slice(0, CHARACTERS) : value}&quot;</bdi>
      {isLong && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="ml-2 rounded font-sans text-xs text-accent hover:underline"
        >
          … {count(value.length - CHARACTERS)} more characters
        </button>
      )}
    </span>
  );
}
