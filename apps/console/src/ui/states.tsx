import { ApiError } from '@patchbay/client';
import type { ReactNode } from 'react';
import { Button } from './button.js';
import { Icon } from './icon.js';
import type { IconName } from './icon-names.js';
import { Id } from './text.js';

/** What would be here, why it is not, and the one next act. */
export function Empty(props: { icon: IconName; title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <div className="flex h-full min-h-64 flex-col items-center justify-center px-6 py-12 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-xl bg-accent-soft text-accent">
        <Icon name={props.icon} size={20} />
      </span>
      <h2 className="font-semibold">{props.title}</h2>
      {props.children && <div className="mt-1 max-w-md text-soft">{props.children}</div>}
      {props.act && <div className="mt-4 flex max-w-full flex-col items-center gap-3">{props.act}</div>}
    </div>
  );
}

/** What failed, what to do about it, the request's id, and another try. The rest of the page goes on. */
export function Failure({ error, what, onRetry }: { error: unknown; what: string; onRetry?: () => void }) {
  const { title, message, suggestion, details, requestId } = wordsOf(error, what);
  return (
    <div role="alert" className="m-4 rounded-lg bg-bad-soft p-4">
      <p className="flex items-center gap-2 font-medium text-bad">
        <Icon name="attention" />
        {title}
      </p>
      <p className="mt-1 break-words text-ink">{message}</p>
      {details.length > 0 && (
        <ul className="mt-1 list-disc pl-5 break-words text-ink">
          {details.slice(0, 8).map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {suggestion && <p className="mt-1 break-words text-ink">{suggestion}</p>}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {onRetry && (
          <Button icon="refresh" isSmall onClick={onRetry}>
            Try again
          </Button>
        )}
        {requestId && (
          <span className="inline-flex items-center gap-1.5 text-xs text-ink">
            Request <Id value={requestId} longest={40} />
          </span>
        )}
      </div>
    </div>
  );
}

interface Words {
  title: string;
  message: string;
  suggestion?: string | undefined;
  details: readonly string[];
  requestId?: string | undefined;
}

function wordsOf(error: unknown, what: string): Words {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { title: `${what} did not come`, message, details: [] };
  const title = {
    403: 'Your role does not open this',
    404: 'This is not there',
    503: `${what} cannot be had at the moment`,
  }[error.status];
  return { title: title ?? `${what} did not come`, message, ...pick(error) };
}

const pick = ({ suggestion, details, requestId }: ApiError) => ({ suggestion, details, requestId });

/** One line of what went wrong, for where there is no room. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError) {
    // A detail is a place and what is wrong there, which a message of one thing says already.
    const more = error.details.filter((detail) => !error.message.includes(detail.replace(/^[^:]*: /, '')));
    return [error.message, ...more.slice(0, 3), error.suggestion].filter(Boolean).join(' ');
  }
  return error instanceof Error ? error.message : String(error);
}

/** As many lines as will come. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  return (
    <div role="status" aria-label="Loading" className="space-y-3 p-4">
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className={`skeleton h-4 ${['w-3/4', 'w-1/2', 'w-5/6', 'w-2/3'][at % 4]}`} />
      ))}
    </div>
  );
}
