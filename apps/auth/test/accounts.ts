import {
  completeOAuth,
  createAuthConfig,
  createConnection,
  createLink,
  createProject,
  followLink,
  getConnection,
  openCredential,
  type ConnectionDetail,
  type InputOf,
  type OpenedCredential,
} from '@patchbay/contracts';
import { writeToolkits } from './acme.toolkits.js';
import { BROWSER, outcomeOf } from './browser.js';
import { startIssuer } from './issuer.js';
import { runAuth, startSurroundings } from './running-auth.js';

const APPS: Record<string, Record<string, string>> = {
  acme_oauth: { client_id: 'my-app', client_secret: 'app-secret' },
  acme_two: { client_id: 'my-app', client_secret: 'app-secret' },
  acme_shop: { client_id: 'my-app', client_secret: 'app-secret' },
  acme_oauth1: { consumer_key: 'consumer', consumer_secret: 'consumer-secret' },
};
/** Tokens that were got elsewhere, over already. */
export const EXPIRED_TOKENS = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 0.001 };

type Options = Partial<InputOf<typeof openCredential>>;
type Wanted = Partial<InputOf<typeof createConnection>>;

/** The service with a provider that takes every scheme, and a project whose users have accounts there. */
export async function startAccounts(more: Record<string, string> = {}) {
  const [around, issuer] = await Promise.all([startSurroundings(), startIssuer()]);
  const overrides = await around.overrides({
    acme_oauth: { oauth2: { client_id: 'managed-app', client_secret: 'managed-secret' } },
  });
  const settings = {
    ...around.settings,
    PATCHBAY_TOOLKITS_MODULE: await writeToolkits(around.folder, issuer.url),
    PATCHBAY_TOOLKIT_OVERRIDES: overrides,
    ...more,
  };
  const auth = await runAuth(settings);
  const { bus, events } = around;
  const { project } = await bus.request(createProject, { name: 'acme' });
  const projectId = project.id;
  let users = 0;
  const newUser = () => `user-${(users += 1)}`;

  const newConfig = (toolkit: string, more: Partial<InputOf<typeof createAuthConfig>> = {}) =>
    bus.request(createAuthConfig, {
      projectId,
      toolkit,
      isManaged: false,
      ...(APPS[toolkit] && { credentials: APPS[toolkit] }),
      ...more,
    });
  /** An account from credentials at hand. */
  const create = async (
    toolkit: string,
    values: Record<string, unknown>,
    more: Wanted = {},
  ): Promise<ConnectionDetail> =>
    bus.request(createConnection, {
      projectId,
      userId: newUser(),
      authConfigId: more.authConfigId ?? (await newConfig(toolkit)).id,
      values,
      ...more,
    });
  const newLink = async (toolkit: string, more: Partial<InputOf<typeof createLink>> = {}) =>
    bus.request(createLink, {
      projectId,
      userId: newUser(),
      authConfigId: more.authConfigId ?? (await newConfig(toolkit)).id,
      ...more,
    });
  /** Where the browser is sent to, and what comes back when the person agrees. */
  const follow = async (token: string, values: Record<string, string> = {}): Promise<URL> => {
    const followed = await bus.request(followLink, { token, values, browser: BROWSER });
    if (!('redirectUrl' in followed)) throw new Error('The link did not lead to the provider');
    return new URL(followed.redirectUrl);
  };
  /** @param from where the provider was told to send the browser */
  const complete = async (query: Record<string, string>, from?: URL) =>
    outcomeOf(await bus.request(completeOAuth, { query, browsers: [BROWSER], issuer: issuerIn(from) }));
  /** An account by a sign-in. */
  const signIn = async (toolkit: string): Promise<ConnectionDetail> => {
    const { token, connection } = await newLink(toolkit);
    const sent = await follow(token);
    const state = String(sent.searchParams.get('state'));
    await complete({ code: 'code-1', state, iss: issuer.url }, sent);
    return get(connection.id);
  };
  const get = (id: string) => bus.request(getConnection, { projectId, id });
  const open = (
    account: { userId: string; toolkit: string },
    more: Options = {},
  ): Promise<OpenedCredential> =>
    bus.request(openCredential, {
      projectId,
      userId: account.userId,
      toolkit: account.toolkit,
      address: account.toolkit === 'acme_host' ? 'https://{subdomain}.acme.example' : issuer.url,
      toolSlug: `${account.toolkit.toUpperCase()}_READ`,
      rules: {},
      ...more,
    });
  const sql = (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    auth.dataSource.query(query, values);
  const toldOf = (id: string) =>
    events.filter(({ data }) => data['connectionId'] === id).map(({ data }) => data);
  const stop = async () => {
    await auth.close();
    await Promise.all([around.stop(), issuer.close()]);
  };
  return {
    auth,
    bus,
    events,
    issuer,
    projectId,
    settings,
    overrides: around.overrides,
    newUser,
    newConfig,
    create,
    newLink,
    follow,
    complete,
    signIn,
    get,
    open,
    sql,
    toldOf,
    stop,
  };
}

/** As the gateway reads it out of the address that the browser comes back to. */
function issuerIn(sent: URL | undefined): string | undefined {
  return /\/issuers\/([^/]+)\/callback/.exec(sent?.searchParams.get('redirect_uri') ?? '')?.[1];
}

export type Accounts = Awaited<ReturnType<typeof startAccounts>>;

/** For how many minutes an account's token is good, as it is shown; null when it does not end. */
export const minutesLeft = ({ expires_in: seconds }: Record<string, unknown>): number | null =>
  seconds === undefined ? null : Math.round(Number(seconds) / 60);

export const refused = (code: string) => ({ code });
