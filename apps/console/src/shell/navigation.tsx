import { Link } from '@tanstack/react-router';
import { useScope } from '../api/index.js';
import { Icon } from '../ui/index.js';
import { PLACES } from './places.js';

export function Navigation({ isFolded }: { isFolded: boolean }) {
  const { project } = useScope();
  return (
    <nav aria-label="Console" className="min-h-0 overflow-y-auto px-2">
      <ul className="space-y-0.5">
        {PLACES.map(({ to, name, icon }) => (
          <li key={to}>
            <Link
              to={`/p/$project/${to}` as '/p/$project'}
              params={{ project: project.id }}
              activeOptions={{ exact: to === '', includeSearch: false }}
              title={isFolded ? name : undefined}
              aria-label={isFolded ? name : undefined}
              className="flex h-8 items-center gap-2.5 rounded-lg px-3 text-sm text-soft -outline-offset-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
            >
              <Icon name={icon} />
              {!isFolded && name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
