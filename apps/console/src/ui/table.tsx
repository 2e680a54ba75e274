import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Pages } from '../api/index.js';
import { Failure } from './states.js';

export interface Column<T> {
  header: string;
  /** A width of a CSS grid. */
  width: string;
  cell: (row: T) => ReactNode;
  isRight?: boolean;
  /** Left out where there is no room: below 40 rem of width, or below 56. */
  hidden?: 'narrow' | 'middle';
}

interface TableProps<T> {
  /** What the rows are, for who does not see them. */
  label: string;
  columns: Column<T>[];
  pages: Pick<
    Pages<T>,
    'items' | 'isPending' | 'error' | 'hasMore' | 'isLoadingMore' | 'loadMore' | 'reload'
  >;
  idOf: (row: T) => string;
  /** Opens a row; its name is what a screen reader says of it. */
  onOpen: (row: T) => void;
  nameOf: (row: T) => string;
  openId?: string | undefined;
  empty: ReactNode;
  rowHeight?: number;
  /** Those that came while somebody looked: they slide in. */
  fresh?: ReadonlySet<string>;
}

const HIDDEN = { narrow: '@max-2xl:hidden', middle: '@max-4xl:hidden' };

/** Rows without end: what is seen is drawn, and more is fetched before the end is seen. Arrows move, Enter opens. */
export function Table<T>(props: TableProps<T>) {
  const { columns, pages, idOf, onOpen, nameOf, openId, label, rowHeight = 40, fresh } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { items } = pages;
  const anchor = useRef<{ first: string | undefined; length: number }>({ first: undefined, length: 0 });
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (at) => {
      const row = items[at];
      return row === undefined ? at : idOf(row);
    },
  });

  // What comes in above does not move what is read.
  const first = items[0] === undefined ? undefined : idOf(items[0]);
  useLayoutEffect(() => {
    const { first: before } = anchor.current;
    const box = scroller.current;
    if (box && before !== undefined && before !== first && box.scrollTop > rowHeight) {
      const moved = items.findIndex((row) => idOf(row) === before);
      if (moved > 0) box.scrollTop += moved * rowHeight;
    }
    anchor.current = { first, length: items.length };
  });

  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    const { hasMore, isLoadingMore, error } = pages;
    // What failed is asked for again by who looks, and not at once without end.
    if (hasMore && !isLoadingMore && !error && last >= items.length - 20) pages.loadMore();
  }, [last, items.length, pages]);

  const move = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    const row = to === undefined ? undefined : items[to];
    if (to === undefined || !row) return;
    event.preventDefault();
    virtual.scrollToIndex(to);
    // Where a row is open beside the list, the one that is gone to opens in its place.
    if (openId !== undefined) onOpen(row);
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-at="${to}"] button[data-row]`)
        ?.focus({ preventScroll: true }),
    );
  };

  const all = columns.map(({ width }) => width).join(' ');
  const middle = columns
    .filter(({ hidden }) => hidden !== 'middle')
    .map(({ width }) => width)
    .join(' ');
  // A phone is narrower than any of the least widths together: there the texts are cut, never the row.
  const narrow = columns
    .filter(({ hidden }) => !hidden)
    .map(({ width }) => width.replace(/minmax\([^,]+,/, 'minmax(0,'))
    .join(' ');
  const grid =
    'grid items-center gap-x-3 px-4 @2xl:gap-x-4 sm:px-6 grid-cols-[var(--narrow)] @2xl:grid-cols-[var(--middle)] @4xl:grid-cols-[var(--all)]';
  const current = items.findIndex((row) => idOf(row) === openId);

  if (pages.error && items.length === 0)
    return <Failure error={pages.error} what={label} onRetry={() => pages.reload()} />;
  if (!pages.isPending && items.length === 0) return props.empty;
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto overscroll-contain" data-scroller>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={pages.hasMore ? -1 : items.length + 1}
        aria-busy={pages.isPending}
        style={{ '--all': all, '--middle': middle, '--narrow': narrow } as object}
      >
        <div role="rowgroup" className="sticky top-0 z-10 bg-paper">
          <div role="row" className={`${grid} h-8 border-b border-line text-xs font-medium text-soft`}>
            {columns.map(({ header, isRight, hidden }) => (
              <div
                key={header}
                role="columnheader"
                className={`truncate ${isRight ? 'text-right' : ''} ${hidden ? HIDDEN[hidden] : ''}`}
              >
                {header}
              </div>
            ))}
          </div>
        </div>
        {pages.isPending ? (
          <SkeletonRows columns={columns} grid={grid} rowHeight={rowHeight} />
        ) : (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {seen.map(({ index, start, key }) => {
              const row = items[index];
              if (row === undefined) return null;
              const id = idOf(row);
              return (
                <div
                  key={key}
                  role="row"
                  data-at={index}
                  aria-rowindex={index + 2}
                  onKeyDown={(event) => move(event, index)}
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                  className={`${grid} group/row absolute inset-x-0 top-0 border-b border-line/60 text-sm transition-colors ${
                    id === openId ? 'bg-accent-soft' : 'hover:bg-hover'
                  } ${fresh?.has(id) ? 'animate-arrive' : ''}`}
                >
                  {columns.map(({ header, cell, isRight, hidden }, column) => (
                    <div
                      key={header}
                      role="cell"
                      className={`min-w-0 truncate ${isRight ? 'num text-right' : ''} ${hidden ? HIDDEN[hidden] : ''}`}
                    >
                      {column === 0 && (
                        <button
                          type="button"
                          data-row
                          tabIndex={
                            index === Math.max(current, seen[0]?.index ?? 0) || id === openId ? 0 : -1
                          }
                          aria-label={nameOf(row)}
                          aria-current={id === openId ? 'true' : undefined}
                          onClick={() => onOpen(row)}
                          className="absolute inset-0 -outline-offset-2"
                        />
                      )}
                      <div className="pointer-events-none relative truncate [&_a]:pointer-events-auto [&_button]:pointer-events-auto">
                        {cell(row)}
                      </div>
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        )}
      </div>
      {pages.isLoadingMore && (
        <p role="status" className="p-3 text-center text-xs text-soft">
          Loading more…
        </p>
      )}
      {Boolean(pages.error) && items.length > 0 && (
        <Failure error={pages.error} what="More of it" onRetry={() => pages.reload()} />
      )}
    </div>
  );
}

function SkeletonRows<T>(props: { columns: Column<T>[]; grid: string; rowHeight: number }) {
  return (
    <div role="rowgroup">
      {Array.from({ length: 12 }, (_, at) => (
        <div
          key={at}
          role="row"
          style={{ height: props.rowHeight }}
          className={`${props.grid} border-b border-line/60`}
        >
          {props.columns.map(({ header, hidden, isRight }, column) => (
            <div key={header} role="cell" className={hidden ? HIDDEN[hidden] : ''}>
              <div
                className={`skeleton h-3 ${isRight ? 'ml-auto' : ''} ${['w-4/5', 'w-3/5', 'w-2/3'][(at + column) % 3]}`}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
