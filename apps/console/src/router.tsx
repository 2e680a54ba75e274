import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  useParams,
} from '@tanstack/react-router';
import { useSessionQuery } from './api/index.js';
import { lastProject, NotFound, PageFailed, Shell, SignedIn } from './shell/index.js';
import { SignInPage } from './sign-in/index.js';
import { Empty } from './ui/index.js';

/** What an address says after its question mark: words only, by their names. */
export type Search = Record<string, string | undefined>;

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === 'string')) as Search,
});

const signInRoute = createRoute({ getParentRoute: () => rootRoute, path: '/sign-in', component: SignInPage });

const signedInRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-in', component: SignedIn });

const indexRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: function ToAProject() {
    const { data: session } = useSessionQuery();
    const projects = session?.projects ?? [];
    const chosen = projects.find(({ id }) => id === lastProject()) ?? projects[0];
    if (chosen) return <Navigate to="/p/$project" params={{ project: chosen.id }} replace />;
    return (
      <Empty icon="shield" title="No project is open to you">
        You are signed in as {session?.person.email}. An owner of the organisation can give you a role in a
        project.
      </Empty>
    );
  },
});

const projectRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/p/$project',
  component: function Project() {
    const { project } = useParams({ from: '/signed-in/p/$project' });
    return <Shell key={project} projectId={project} />;
  },
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});

const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => projectRoute,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
    errorComponent: PageFailed,
  });

const accounts = () => import('./accounts/index.js');
const authConfigs = () => import('./auth-configs/index.js');
const sessions = () => import('./sessions/index.js');
const settings = () => import('./settings/index.js');
const calls = () => import('./calls/index.js');
const start = () => import('./start/index.js');
const toolkits = () => import('./toolkits/index.js');

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    indexRoute,
    projectRoute.addChildren([
      page('/', () => import('./overview/index.js'), 'OverviewPage'),
      page('/start', start, 'StartPage'),
      page('/toolkits', toolkits, 'ToolkitsPage'),
      page('/toolkits/$toolkit', toolkits, 'ToolkitPage'),
      page('/toolkits/$toolkit/$tool', toolkits, 'ToolkitPage'),
      page('/accounts', accounts, 'AccountsPage'),
      page('/accounts/$account', accounts, 'AccountsPage'),
      page('/auth-configs', authConfigs, 'AuthConfigsPage'),
      page('/auth-configs/$config', authConfigs, 'AuthConfigsPage'),
      page('/sessions', sessions, 'SessionsPage'),
      page('/sessions/$session', sessions, 'SessionPage'),
      page('/usage', () => import('./usage/index.js'), 'UsagePage'),
      page('/settings', settings, 'SettingsPage'),
      page('/settings/$section', settings, 'SettingsPage'),
      page('/calls', calls, 'CallsPage'),
      page('/calls/$call', calls, 'CallsPage'),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  // Only words: an address says what was typed, and nothing is taken for a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
    const text = new URLSearchParams(given as [string, string][]).toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
