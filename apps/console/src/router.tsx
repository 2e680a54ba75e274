import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  useParams,
  type AnyRoute,
} from '@tanstack/react-router';
import { useSessionQuery } from './api/index.js';
import { lastProject, NotFound, PageFailed, Shell, SignedIn } from './shell/index.js';
import { CallbackPage, SignInPage } from './sign-in/index.js';
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

const callbackRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/callback',
  component: CallbackPage,
});

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
const toolSearch = () => import('./tool-search/index.js');

/** What is open of a page: it has an address, and the page stays as it is, with its focus and where it was scrolled to. */
const opened = <Parent extends AnyRoute, Path extends string>(parent: Parent, path: Path) =>
  createRoute({ getParentRoute: () => parent, path });

const toolkitRoute = page('/toolkits/$toolkit', toolkits, 'ToolkitPage');
const toolSearchRoute = page('/search', toolSearch, 'ToolSearchPage');
const accountsRoute = page('/accounts', accounts, 'AccountsPage');
const authConfigsRoute = page('/auth-configs', authConfigs, 'AuthConfigsPage');
const callsRoute = page('/calls', calls, 'CallsPage');
const triggersRoute = page('/triggers', () => import('./triggers/index.js'), 'TriggersPage');
const settingsRoute = page('/settings', settings, 'SettingsPage');

const routeTree = rootRoute.addChildren([
  signInRoute,
  callbackRoute,
  signedInRoute.addChildren([
    indexRoute,
    projectRoute.addChildren([
      page('/', () => import('./overview/index.js'), 'OverviewPage'),
      page('/start', start, 'StartPage'),
      page('/toolkits', toolkits, 'ToolkitsPage'),
      page('/mcp-registry', () => import('./mcp-registry/index.js'), 'McpRegistryPage'),
      toolkitRoute.addChildren([opened(toolkitRoute, '$tool')]),
      toolSearchRoute.addChildren([opened(toolSearchRoute, '$tool')]),
      accountsRoute.addChildren([opened(accountsRoute, '$account')]),
      authConfigsRoute.addChildren([opened(authConfigsRoute, '$config')]),
      page('/sessions', sessions, 'SessionsPage'),
      page('/sessions/$session', sessions, 'SessionPage'),
      triggersRoute.addChildren([opened(triggersRoute, '$section'), opened(triggersRoute, '$section/$item')]),
      page('/playground', () => import('./playground/index.js'), 'PlaygroundPage'),
      page('/usage', () => import('./usage/index.js'), 'UsagePage'),
      settingsRoute.addChildren([opened(settingsRoute, '$section')]),
      callsRoute.addChildren([opened(callsRoute, '$call')]),
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
