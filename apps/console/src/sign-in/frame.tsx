import type { ReactNode } from 'react';
import { Icon } from '../ui/index.js';

/** The card in which somebody says who they are. */
export function SignInFrame(props: { title: string; error?: string | undefined; children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center p-4">
      <title>Sign in · Patchbay</title>
      <div className="w-full max-w-88 rounded-2xl bg-paper p-6 ring-1 ring-line sm:p-8">
        <Mark />
        <h1 className="mt-4 text-xl font-semibold break-words">{props.title}</h1>
        {props.error !== undefined && (
          <p role="alert" className="mt-4 flex gap-2 rounded-lg bg-bad-soft p-3 break-words text-ink">
            <Icon name="attention" className="mt-0.5 text-bad" />
            <span className="min-w-0">{props.error}</span>
          </p>
        )}
        {props.children}
      </div>
    </main>
  );
}

/** The product's sign. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-on-accent">
        <circle cx="10" cy="10" r="2.5" />
        <circle cx="22" cy="22" r="2.5" />
        <path d="M12.5 10H17a5 5 0 0 1 5 5v4.5" />
      </g>
    </svg>
  );
}
