import type { Answer } from '@patchbay/client';
import type { ReactNode } from 'react';
import { counted } from '../ui/index.js';

export type Report = Answer<'upsertCustomToolkit'>;

const SHOWN = 200;

/** What came in of a source, and what was left out and why. */
export function ImportReport({ report }: { report: Report }) {
  const { imported, renamed, adjusted, refused } = report;
  return (
    <div className="space-y-2 text-sm">
      <Part
        title={`${counted(imported.length, 'tool')} came in`}
        items={imported}
        isOpen={imported.length <= 8}
      >
        {(slug) => <span className="font-mono break-all">{slug}</span>}
      </Part>
      <Part title={`${counted(refused.length, 'operation')} left out`} items={refused} isOpen>
        {(one) => <Reason {...one} />}
      </Part>
      <Part title={`${counted(adjusted.length, 'thing')} taken with a change`} items={adjusted}>
        {(one) => <Reason {...one} />}
      </Part>
      <Part title={`${counted(renamed.length, 'name')} changed`} items={renamed}>
        {({ from, to, reason }) => (
          <>
            <span className="font-mono break-all">
              {from} → {to}
            </span>
            <span className="block text-soft">{reason}</span>
          </>
        )}
      </Part>
    </div>
  );
}

function Reason({ operation, place, reason }: Report['refused'][number]) {
  return (
    <>
      <span className="font-mono break-all">{operation}</span>
      <span className="block break-words text-soft">
        {reason} {place && <span className="font-mono text-xs break-all">{place}</span>}
      </span>
    </>
  );
}

function Part<T>(props: { title: string; items: T[]; isOpen?: boolean; children: (item: T) => ReactNode }) {
  const { title, items, isOpen = false, children } = props;
  if (items.length === 0) return null;
  return (
    <details open={isOpen} className="rounded-lg p-3 ring-1 ring-line ring-inset">
      <summary className="rounded font-medium">{title}</summary>
      <ul className="mt-2 max-h-56 space-y-2 overflow-y-auto" tabIndex={0} aria-label={title}>
        {items.slice(0, SHOWN).map((item, at) => (
          <li key={at}>{children(item)}</li>
        ))}
      </ul>
      {items.length > SHOWN && <p className="mt-2 text-soft">and {items.length - SHOWN} more</p>}
    </details>
  );
}
