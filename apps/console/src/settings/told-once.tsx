import { CopyButton, Icon } from '../ui/index.js';

/** A secret that is shown now and never again. */
export function ToldOnce({ secret, what }: { secret: string; what: string }) {
  return (
    <div role="status" className="mt-3 rounded-lg bg-wait-soft p-3">
      <p className="flex items-center gap-2 text-sm font-medium">
        <Icon name="attention" size={14} className="text-wait" /> {what} Copy it now: it is shown this once.
      </p>
      <p className="mt-2 flex items-center gap-2">
        <code className="min-w-0 font-mono text-sm break-all">{secret}</code>
        <CopyButton text={secret} />
      </p>
    </div>
  );
}
