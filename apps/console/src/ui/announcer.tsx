import { useSyncExternalStore } from 'react';
import { Icon } from './icon.js';

interface Notice {
  id: number;
  text: string;
  isShown: boolean;
  isBad: boolean;
}

let notice: Notice | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let nextId = 1;
const hearers = new Set<() => void>();

function put(next: Notice | undefined): void {
  notice = next;
  for (const hear of hearers) hear();
}

function announce(text: string, isShown: boolean, isBad: boolean): void {
  clearTimeout(timer);
  put({ id: nextId++, text, isShown, isBad });
  timer = setTimeout(() => put(undefined), isBad ? 10_000 : 4_000);
}

/** Said to who listens, and not shown: it can be seen where it happened. */
export const say = (text: string) => announce(text, false, false);
/** Said and shown for a moment. */
export const notify = (text: string) => announce(text, true, false);
export const complain = (text: string) => announce(text, true, true);

/** Where all of it appears, once on the page. */
export function Announcer() {
  const current = useSyncExternalStore(
    (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    () => notice,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center px-4"
    >
      {current && (
        <div
          key={current.id}
          className={
            current.isShown
              ? 'flex max-w-lg animate-appear items-center gap-2 rounded-lg bg-ink px-3 py-2 text-sm break-words text-paper shadow-float'
              : 'sr-only'
          }
        >
          {current.isShown && <Icon name={current.isBad ? 'attention' : 'check'} size={14} />}
          <span className="min-w-0">{current.text}</span>
        </div>
      )}
    </div>
  );
}
