import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  beginOidcSignIn,
  completeOidcSignIn,
  createPerson,
  createProject,
  createSignInLink,
  getOidcSignOut,
  getPerson,
  getSignInLink,
  listSignInWays,
  setPassword,
  signInByPassword,
  signInByLink,
} from '@patchbay/contracts';
import { CLIENT, startIdIssuer, type IdIssuer } from '../../test/id-issuer.js';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

const BROWSER = 'b'.repeat(64);
const PASSWORD = 'correct horse battery';

let around: Awaited<ReturnType<typeof startSurroundings>>;
let auth: Awaited<ReturnType<typeof runAuth>>;
let issuer: IdIssuer;
let projectId: string;
let people = 0;

beforeAll(async () => {
  around = await startSurroundings();
  issuer = await startIdIssuer();
  auth = await runAuth(around.settings);
  ({ id: projectId } = (await around.bus.request(createProject, { name: 'payments' })).project);
  await restart({
    PATCHBAY_OIDC_ROLES: JSON.stringify({ admins: 'owner', pay: { [projectId]: 'developer' } }),
  });
});
afterEach(() => issuer.reset());
afterAll(async () => {
  await auth?.close();
  await issuer?.close();
  await around?.stop();
});

async function restart(more: Record<string, string>): Promise<void> {
  await auth.close();
  auth = await runAuth({
    ...around.settings,
    PATCHBAY_OIDC_ISSUER: issuer.url,
    PATCHBAY_OIDC_CLIENT_ID: CLIENT.id,
    PATCHBAY_OIDC_CLIENT_SECRET: CLIENT.secret,
    ...more,
  });
}

const begin = async (browser = BROWSER) =>
  new URL((await around.bus.request(beginOidcSignIn, { browser })).url).searchParams;
/** As the provider sends the browser back; the code stands for the nonce that its ID token will have. */
const answerTo = (sent: URLSearchParams) => ({
  state: String(sent.get('state')),
  code: String(sent.get('nonce')),
});
const complete = (answer: Record<string, string>, browsers = [BROWSER]) =>
  around.bus.request(completeOidcSignIn, { answer, browsers });
/** Signs somebody in of whom the provider says this. */
async function signIn(claims: object) {
  issuer.claims = { ...claims };
  return (await complete(answerTo(await begin()))).holder;
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
const somebody = () => {
  const sub = `sub-${(people += 1)}`;
  return { sub, email: `${sub}@example.com`, email_verified: true };
};

describe('a sign-in at the provider', () => {
  it('asks with PKCE, state and nonce, each time others, and comes back to a page of the console', async () => {
    const [one, two] = [await begin(), await begin()];
    expect(Object.fromEntries(one)).toMatchObject({
      client_id: CLIENT.id,
      response_type: 'code',
      redirect_uri: 'https://tools.example/console/sign-in/callback',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect([name, one.get(name)]).not.toEqual([name, two.get(name)]);
    await signIn({ ...somebody(), groups: ['admins'] });
    expect(issuer.exchanges[0]?.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
    expect(await around.bus.request(listSignInWays, {})).toEqual({
      oidc: { name: new URL(issuer.url).host },
    });
    const { url } = await around.bus.request(getOidcSignOut, {});
    expect(url).toMatch(new RegExp(`^${issuer.url}/end\\?client_id=${CLIENT.id}`));
  });

  it('ends once, in time, and in the browser in which it began alone', async () => {
    issuer.claims = { ...somebody(), groups: ['admins'] };
    const answer = answerTo(await begin());
    const all = await Promise.allSettled([complete(answer), complete(answer), complete(answer)]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(complete(answer))).toMatch(/^link_not_usable/);
    for (const browsers of [[], ['c'.repeat(64)]])
      expect(await refusal(complete(answerTo(await begin()), browsers))).toMatch(/^link_not_usable/);
    const late = answerTo(await begin());
    await auth.dataSource.query('UPDATE oidc_sign_ins SET expires_at = now()');
    expect(await refusal(complete(late))).toMatch(/^link_not_usable/);
    expect(await refusal(complete({ code: 'c' }))).toMatch(/^link_not_usable/);
    expect(issuer.exchanges).toHaveLength(1);
  });

  it.each([
    ['another nonce', { nonce: 'of another sign-in' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'another-client' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an end that was', { exp: 1_000 }],
    ['a sub of a thousand letters', { sub: 'x'.repeat(1_000) }],
  ])('is refused with an ID token of %s', async (_, wrong) => {
    issuer.wrong = wrong;
    expect(await refusal(signIn({ ...somebody(), groups: ['admins'] }))).toMatch(
      /^(unauthenticated|unavailable)/,
    );
  });

  it('is refused with a signature of another key, and when the provider declines or speaks of somebody else', async () => {
    issuer.signsWithOther = true;
    expect(await refusal(signIn({ ...somebody(), groups: ['admins'] }))).toMatch(
      /^(unauthenticated|unavailable)/,
    );
    issuer.signsWithOther = false;
    const declined = { state: String((await begin()).get('state')), error: 'access_denied' };
    expect(await refusal(complete(declined))).toMatch(/^unauthenticated: .* did not sign you in/);
    issuer.userInfo = { sub: 'mallory' };
    expect(await refusal(signIn({ ...somebody(), groups: ['admins'] }))).toMatch(
      /^(unauthenticated|unavailable)/,
    );
  });
});

describe('who signs in there', () => {
  it('is made with the roles of their groups, known by their sub from then on, and kept in step', async () => {
    const one = somebody();
    const { person } = await signIn({ ...one, name: 'Ada', groups: ['admins', 'pay'] });
    expect(person).toMatchObject({
      email: one.email,
      name: 'Ada',
      role: 'owner',
      projectRoles: { [projectId]: 'developer' },
    });
    // The address may change; and what the ID token does not say, the provider may say when it is asked.
    issuer.userInfo = { groups: ['pay'] };
    const again = await signIn({ sub: one.sub, email: 'other@example.com', email_verified: false });
    expect(again).toMatchObject({ person: { id: person.id, role: null }, session: { signedInBy: 'oidc' } });
    expect(await refusal(signIn({ sub: one.sub, groups: [] }))).toMatch(/^forbidden: You have no role here/);
    const { person: now } = await around.bus.request(getPerson, { personId: person.id });
    expect(now).toMatchObject({ role: null, projectRoles: {} });
  });

  it('is one person, however many first sign-ins come at once', async () => {
    issuer.claims = { ...somebody(), groups: ['admins'] };
    const answers = [answerTo(await begin()), answerTo(await begin()), answerTo(await begin())];
    const opened = await Promise.all(answers.map((answer) => complete(answer)));
    expect(new Set(opened.map(({ holder }) => holder.person.id)).size).toBe(1);
  });

  it('is nobody without a role, a verified address, or an address at all', async () => {
    const { email, ...nameless } = somebody();
    for (const [claims, words] of [
      [{ ...somebody(), groups: ['strangers'] }, 'Nobody here has your'],
      [{ ...somebody(), groups: ['admins'], email_verified: false }, 'is not verified'],
      [{ ...somebody(), groups: ['admins'], email_verified: undefined }, 'is not verified'],
      [{ ...nameless, groups: ['admins'] }, 'does not say your'],
      [{ ...nameless, email: `${email}, evil@example.com`, groups: ['admins'] }, 'does not say your'],
    ] as [object, string][])
      expect(await refusal(signIn(claims))).toMatch(new RegExp(`^forbidden: .*${words}`));
  });

  it('takes the place of a person with their verified address, whose password ends; a second one does not', async () => {
    const one = somebody();
    const made = await around.bus.request(createPerson, { email: one.email, name: 'Ada', role: 'viewer' });
    await around.bus.request(setPassword, { personId: made.id, password: PASSWORD });
    const { person } = await signIn({ ...one, groups: ['admins'] });
    expect(person).toMatchObject({ id: made.id, role: 'owner' });
    const byPassword = around.bus.request(signInByPassword, { email: one.email, password: PASSWORD });
    expect(await refusal(byPassword)).toMatch(/^unauthenticated/);
    const password = { personId: made.id, password: PASSWORD };
    expect(await refusal(around.bus.request(setPassword, password))).toMatch(/^forbidden/);
    // The owner's way in when the provider is away.
    const { token } = await around.bus.request(createSignInLink, { personId: made.id });
    expect(await around.bus.request(getSignInLink, { token })).toMatchObject({ isNew: false });
    await around.bus.request(signInByLink, { token });
    const invited = around.bus.request(createSignInLink, { personId: made.id, days: 7 });
    expect(await refusal(invited)).toMatch(/^conflict/);
    const heir = { ...one, sub: 'the-next-one-with-that-address', groups: ['admins'] };
    expect(await refusal(signIn(heir))).toMatch(/^forbidden: Somebody else/);
  });
});

describe('a provider whose groups say nothing', () => {
  it('only says who somebody is: owners let people in', async () => {
    await restart({ PATCHBAY_OIDC_TRUST_EMAIL: 'true' });
    const { email_verified: _, ...one } = somebody();
    expect(await refusal(signIn({ ...one, groups: ['admins'] }))).toMatch(/^forbidden: Nobody here/);
    const made = await around.bus.request(createPerson, { email: one.email, name: 'Ada', role: 'viewer' });
    const { person } = await signIn({ ...one, groups: ['admins'] });
    expect(person).toMatchObject({ id: made.id, role: 'viewer' });
    await around.bus.request(setPassword, { personId: made.id, password: PASSWORD });
    // From when on its groups say something, that password ends.
    await restart({ PATCHBAY_OIDC_TRUST_EMAIL: 'true', PATCHBAY_OIDC_ROLES: '{"admins":"owner"}' });
    await signIn({ ...one, groups: ['admins'] });
    const byPassword = around.bus.request(signInByPassword, { email: one.email, password: PASSWORD });
    expect(await refusal(byPassword)).toMatch(/^unauthenticated/);
  });

  it('is nobody’s where there is none, and ends nothing when it cannot be reached', async () => {
    await restart({ PATCHBAY_OIDC_ISSUER: 'http://127.0.0.1:9' });
    expect(await refusal(begin())).toMatch(/^unavailable: The sign-in at 127\.0\.0\.1:9/);
    expect(await around.bus.request(getOidcSignOut, {})).toEqual({ url: null });
    await auth.close();
    auth = await runAuth(around.settings);
    expect(await around.bus.request(listSignInWays, {})).toEqual({ oidc: null });
    expect(await refusal(begin())).toMatch(/^not_found/);
  });
});
