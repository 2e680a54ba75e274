import { Status } from '../ui/index.js';
import type { LiveState } from './live.js';

/** Whether what happens is seen. */
export function LiveWord({ state }: { state: LiveState }) {
  if (state === 'lost') return <Status tone="attention" word="Reconnecting" />;
  if (state !== 'live') return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-good">
      <span className="size-1.5 animate-wait rounded-full bg-good" /> Watching
    </span>
  );
}
