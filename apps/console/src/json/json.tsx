import { useDeferredValue, useMemo, useState } from 'react';
import { Button, bytes, CopyButton, count, Icon, Section } from '../ui/index.js';
import { Tree } from './tree.js';

/** What is drawn of a text at once. */
const BEGINNING = 50_000;

/** A value of JSON as a tree and as it is written. Whoever wrote it: it is text here. */
export function JsonView({ title, value, name }: { title: string; value: unknown; name: string }) {
  const [isRaw, setRaw] = useState(false);
  const shown = useDeferredValue(value);
  const text = useMemo(() => JSON.stringify(shown, undefined, 2) ?? 'null', [shown]);
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return (
    <Section
      title={title}
      actions={
        !isEmpty && (
          <>
            <span className="num mr-2 text-xs text-soft">{bytes(text.length)}</span>
            <Button kind="quiet" isSmall aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
              {isRaw ? 'Tree' : 'Raw'}
            </Button>
            <CopyButton text={text} />
            <Download text={text} name={name} />
          </>
        )
      }
    >
      {isEmpty ? (
        <p className="text-sm text-soft">Nothing.</p>
      ) : (
        <div
          className="max-h-128 overflow-auto rounded-lg bg-back p-3 ring-1 ring-line ring-inset"
          tabIndex={0}
          role="group"
          aria-label={title}
        >
          {isRaw ? <Raw text={text} /> : <Tree value={shown} />}
        </div>
      )}
    </Section>
  );
}

function Raw({ text }: { text: string }) {
  const [length, setLength] = useState(BEGINNING);
  const rest = text.length - length;
  return (
    <>
      <pre className="font-mono text-sm leading-5 break-words whitespace-pre-wrap">
        {text.slice(0, length)}
      </pre>
      {rest > 0 && (
        <Button isSmall className="mt-2" onClick={() => setLength(length + 10 * BEGINNING)}>
          Show more: {count(rest)} characters are left
        </Button>
      )}
    </>
  );
}

function Download({ text, name }: { text: string; name: string }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  };
  return (
    <button
      type="button"
      aria-label="Download"
      title="Download"
      onClick={save}
      className="inline-flex size-7 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink"
    >
      <Icon name="download" size={12} />
    </button>
  );
}
