import { Link, useLocation } from '@tanstack/react-router';
import { useScope } from '../api/index.js';
import { Icon, middle } from '../ui/index.js';
import { PLACES } from './places.js';

const PARTS: Record<string, string> = {
  keys: 'Keys',
  projects: 'Projects',
  people: 'People',
  audit: 'Audit',
  you: 'You',
  project: 'Project',
  types: 'Types',
  instances: 'Instances',
  events: 'Events',
  deliveries: 'Deliveries',
  webhook: 'Webhook',
  endpoints: 'Endpoints',
};

/** Where one is: the project, the page, and what of it is open. */
export function Breadcrumb() {
  const { project } = useScope();
  const { pathname } = useLocation();
  const [page = '', ...rest] = pathname
    .replace(/^(?:\/console)?\/p\/[^/]+\/?/, '')
    .split('/')
    .filter(Boolean);
  const place = PLACES.find(({ to }) => to === page);
  const crumbs = [
    { name: project.name, to: '', isProject: true },
    ...(place ? [{ name: place.name, to: page, isProject: false }] : []),
    ...rest.map((part, at) => ({
      name: PARTS[part] ?? middle(decodeURIComponent(part), 28),
      to: [page, ...rest.slice(0, at + 1)].join('/'),
      isProject: false,
    })),
  ];
  const last = crumbs.at(-1);
  return (
    <nav aria-label="You are here" className="min-w-0 px-2 md:px-4">
      <title>{`${last?.name ?? 'Console'} · Patchbay`}</title>
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, at) => (
          <li
            key={crumb.to + at}
            className={`flex min-w-0 items-center gap-1 ${crumb === last ? '' : 'max-sm:hidden'}`}
          >
            {at > 0 && <Icon name="right" size={12} className="text-soft max-sm:hidden" />}
            {crumb === last ? (
              <span aria-current="page" className="truncate font-medium">
                {crumb.name}
              </span>
            ) : (
              <Link
                to={`/p/$project/${crumb.to}` as '/p/$project'}
                params={{ project: project.id }}
                className="max-w-40 truncate text-soft hover:text-ink"
              >
                {crumb.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
