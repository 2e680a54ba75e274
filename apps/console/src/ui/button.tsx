import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon-names.js';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:opacity-90',
  plain: 'bg-raised text-ink ring-1 ring-inset ring-line hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-raised text-bad ring-1 ring-inset ring-bad/50 hover:bg-bad-soft',
};

/** How a button looks, for links that are drawn as one. */
export const buttonClass = (kind: ButtonKind = 'plain', isSmall = false) =>
  `inline-flex items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 ${
    isSmall ? 'h-7 px-2 text-sm' : 'h-8 px-3 text-sm'
  } ${LOOKS[kind]}`;

interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  icon?: IconName;
  isSmall?: boolean;
  /** What it does is under way. */
  isBusy?: boolean;
}

export function Button({ kind, icon, isSmall, isBusy, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={`${buttonClass(kind, isSmall)} ${className}`}
    >
      {isBusy ? (
        <Icon name="running" size={14} className="animate-spin" />
      ) : (
        icon && <Icon name={icon} size={14} />
      )}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconName;
  /** What it does, in words. */
  label: string;
}

export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-50 ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A word in a box, such as a tag or a count. */
export function Badge({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={`inline-flex max-w-full items-center truncate rounded-md bg-hover px-1.5 text-xs leading-5 text-soft ${className}`}
    >
      {children}
    </span>
  );
}
