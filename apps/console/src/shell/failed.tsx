import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { buttonClass, Empty, Failure } from '../ui/index.js';

export function NotFound() {
  return (
    <Empty
      icon="search"
      title="There is no such page"
      act={
        <Link to="/" className={buttonClass('primary')}>
          Go to the overview
        </Link>
      }
    >
      The address may be wrong, or what it showed is gone.
    </Empty>
  );
}

/** A page that broke. The navigation beside it goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return <Failure error={error} what="This page" onRetry={reset} />;
}
