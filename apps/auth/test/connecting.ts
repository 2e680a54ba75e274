import {
  completeOAuth,
  createLink,
  createProject,
  followLink,
  getConnection,
  type Connection,
  type InputOf,
} from '@patchbay/contracts';
import { BROWSER, outcomeOf } from './browser.js';
import { startOAuthProvider } from './oauth-provider.js';
import { runAuth, startSurroundings } from './running-auth.js';

/** The service with a GitHub that is the test's own provider, one project, and people who connect accounts. */
export async function startConnecting() {
  const [around, provider] = await Promise.all([startSurroundings(), startOAuthProvider()]);
  const github = {
    base_url: provider.url,
    oauth2: {
      client_id: 'my-app',
      client_secret: 'app-secret',
      authorization_url: `${provider.url}/authorize`,
      token_url: `${provider.url}/token`,
    },
  };
  const overrides = await around.overrides({ github });
  const auth = await runAuth({ ...around.settings, PATCHBAY_TOOLKIT_OVERRIDES: overrides });
  const { bus, events } = around;
  const { project } = await bus.request(createProject, { name: 'acme' });
  const projectId = project.id;
  let users = 0;

  /** A link of a user who has none yet. */
  const newLink = () => {
    const userId = `user-${(users += 1)}`;
    const callbackUrl = 'https://app.example/done';
    return bus.request(createLink, { projectId, userId, toolkit: 'github', callbackUrl });
  };
  /** @returns the query with which the person arrives at the provider */
  const follow = async (token: string, values: Record<string, string> = {}) => {
    const answer = await bus.request(followLink, { token, values, browser: BROWSER });
    if (!('redirectUrl' in answer)) throw new Error('The link led nowhere');
    return new URL(answer.redirectUrl).searchParams;
  };
  const followNew = async () => {
    const link = await newLink();
    const sent = await follow(link.token);
    return { ...link, sent, state: String(sent.get('state')), id: link.connection.id };
  };
  /** What the gateway is told when the browser comes back. */
  const comeBack = (query: Record<string, string>, more: Partial<InputOf<typeof completeOAuth>> = {}) =>
    bus.request(completeOAuth, { query, browsers: [BROWSER], ...more });
  const complete = async (...given: Parameters<typeof comeBack>) => outcomeOf(await comeBack(...given));
  const connectionOf = (id: string): Promise<Connection> => bus.request(getConnection, { projectId, id });
  const sql = (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    auth.dataSource.query(query, values);
  const rowOf = async (id: string) =>
    (await sql('SELECT * FROM auth.connected_accounts WHERE id = $1', [id]))[0];
  const stop = async () => {
    await auth.close();
    await Promise.all([around.stop(), provider.close()]);
  };
  return {
    bus,
    events,
    provider,
    projectId,
    newLink,
    follow,
    followNew,
    comeBack,
    complete,
    connectionOf,
    sql,
    rowOf,
    stop,
  };
}

export type Connecting = Awaited<ReturnType<typeof startConnecting>>;
