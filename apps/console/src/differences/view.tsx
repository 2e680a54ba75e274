import { useMemo } from 'react';
import { changedPart, differencesOf, partsOf } from './differences.js';

/** What differs between two values, place by place, the old above the new. All of it is text, whoever wrote it. */
export function Differences({ before, after }: { before: unknown; after: unknown }) {
  const { found, hasMore } = useMemo(() => differencesOf(before, after), [before, after]);
  if (found.length === 0) return <p className="text-sm text-soft">Nothing differs.</p>;
  return (
    <>
      <ul className="space-y-3">
        {found.map(({ path, before: old, after: now }) => (
          <li key={path.join('\n')}>
            {path.length > 0 && (
              <p className="mb-1 font-mono text-xs break-all text-soft">
                {path.filter((part, at) => part !== 'properties' || at === path.length - 1).join(' › ')}
              </p>
            )}
            <Sides before={textOf(old)} after={textOf(now)} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="mt-3 rounded-lg bg-wait-soft p-3 text-sm">
          More differs than the {found.length} places that are shown.
        </p>
      )}
    </>
  );
}

function Sides({ before, after }: { before: string | undefined; after: string | undefined }) {
  const { start, end } = changedPart(before ?? '', after ?? '');
  const box = 'block px-3 py-1.5 font-mono text-sm break-words whitespace-pre-wrap no-underline';
  return (
    <div className="overflow-hidden rounded-lg ring-1 ring-line ring-inset">
      {before !== undefined && (
        <del className={`${box} bg-bad-soft`}>
          <span aria-hidden="true" className="text-bad">
            −{' '}
          </span>
          <span className="sr-only">Before: </span>
          <Marked text={before} start={start} end={end} tone="text-bad" />
        </del>
      )}
      {after !== undefined && (
        <ins className={`${box} bg-good-soft`}>
          <span aria-hidden="true" className="text-good">
            +{' '}
          </span>
          <span className="sr-only">Now: </span>
          <Marked text={after} start={start} end={end} tone="text-good" />
        </ins>
      )}
    </div>
  );
}

/** The part that differs stands out, by its weight as well as its colour. */
function Marked(props: { text: string; start: number; end: number; tone: string }) {
  const [before, changed, after] = partsOf(props.text, props);
  return (
    <bdi>
      {before}
      <strong className={`font-semibold ${props.tone}`}>{changed}</strong>
      {after}
    </bdi>
  );
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map(String).join('\n');
  return JSON.stringify(value, undefined, 2);
}
