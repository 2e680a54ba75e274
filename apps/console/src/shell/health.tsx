import { useAnswer } from '../api/index.js';
import { ActMenu } from '../ui/index.js';

/** Whether all services answer, as a dot, and which do not. */
export function Health() {
  const { data, error } = useAnswer('getReadiness', {}, { every: 15_000 });
  const away = Object.entries(data?.services ?? {}).filter(
    ([, state]) => state !== 'ok' && state !== 'ready',
  );
  const isWell = !error && away.length === 0;
  const words = error
    ? 'The platform is not ready'
    : isWell
      ? 'All services answer'
      : `Away: ${away.map(([name]) => name).join(', ')}`;
  return (
    <ActMenu
      header={
        <div className="text-sm">
          <p className="font-medium">{words}</p>
          <ul className="mt-1 text-soft">
            {Object.entries(data?.services ?? {}).map(([name, state]) => (
              <li key={name} className="flex justify-between gap-6">
                <span>{name}</span>
                <span>{state}</span>
              </li>
            ))}
          </ul>
        </div>
      }
      items={[]}
      trigger={
        <button
          type="button"
          aria-label={words}
          title={words}
          className="inline-flex size-8 items-center justify-center rounded-lg hover:bg-hover"
        >
          <span
            className={`size-2 rounded-full ${data === undefined && !error ? 'bg-edge' : isWell ? 'bg-good' : 'bg-bad'}`}
          />
        </button>
      }
    />
  );
}
