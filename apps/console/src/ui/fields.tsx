import { useEffect, useId, useState, type ComponentProps, type ReactNode } from 'react';
import { Icon } from './icon.js';

/** A field with its name above, and what it is for below. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: (given: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const about = props.error !== undefined || props.hint !== undefined ? `${id}-about` : undefined;
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      {props.children({
        id,
        ...(about !== undefined && { 'aria-describedby': about }),
        ...(props.error !== undefined && { 'aria-invalid': true as const }),
      })}
      {about !== undefined && (
        <div id={about} className={`mt-1 text-xs ${props.error === undefined ? 'text-soft' : 'text-bad'}`}>
          {props.error ?? props.hint}
        </div>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** A field of one line of text. */
export function TextField({ label, hint, error, onChange, className = '', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(given) => (
        <input
          {...given}
          {...rest}
          className={`input ${className}`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface LinesFieldProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value' | 'id'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** A field of several lines, each of which is one thing: an id, a header, an argument. */
export function LinesField({
  label,
  hint,
  error,
  onChange,
  className = 'min-h-16',
  ...rest
}: LinesFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(given) => (
        <textarea
          {...given}
          spellCheck={false}
          autoComplete="off"
          {...rest}
          className={`input font-mono ${className}`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A box to type into, which tells what was typed when the typing rests. */
export function SearchBox(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  const [text, setText] = useState(props.value);
  const { onChange, value } = props;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={`relative min-w-0 ${props.className ?? 'w-56'}`}>
      <Icon name="search" size={14} className="absolute top-2.25 left-2.5 text-soft" />
      <input
        type="search"
        className="input pl-8"
        aria-label={props.label}
        placeholder={props.label}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}

interface ChoiceProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  label: string;
  value: string;
  options: [value: string, name: string][];
  onChange: (value: string) => void;
}

/** The browser's own list of choices: every keyboard, phone and screen reader knows it. */
export function Choice({ label, options, onChange, className = '', ...rest }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={`input w-auto max-w-52 ${className}`}
    >
      {options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

export function Switch(props: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.isOn}
      disabled={props.isDisabled}
      onClick={() => props.onChange(!props.isOn)}
      className="inline-flex items-center gap-2 rounded-md text-left text-sm disabled:opacity-50"
    >
      <span
        className={`flex h-4.5 w-8 shrink-0 items-center rounded-full p-0.5 transition-colors ${props.isOn ? 'bg-accent' : 'bg-edge'}`}
      >
        <span
          className={`size-3.5 rounded-full bg-paper transition-transform ${props.isOn ? 'translate-x-3.5' : ''}`}
        />
      </span>
      {props.label}
    </button>
  );
}
