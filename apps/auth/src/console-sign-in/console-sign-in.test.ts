import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createPerson,
  createSignInLink,
  deletePerson,
  endConsoleSessions,
  listConsoleSessions,
  setPassword,
  signInByLink,
  signInByPassword,
  updatePerson,
  verifyConsoleSession,
  type InputOf,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { runAuth, startSurroundings } from '../../test/running-auth.js';

let around: Awaited<ReturnType<typeof startSurroundings>>;
let auth: Awaited<ReturnType<typeof runAuth>>;
let personId: string;
let email: string;
let people = 0;

beforeAll(async () => {
  around = await startSurroundings();
  auth = await runAuth(around.settings);
});
afterAll(async () => {
  await auth?.close();
  await around?.stop();
});
beforeEach(async () => {
  email = `somebody-${(people += 1)}@example.com`;
  ({ id: personId } = await around.bus.request(createPerson, { email, name: 'Somebody', role: 'viewer' }));
});

const PASSWORD = 'correct horse battery';
const hash = (token: string) => createHash('sha256').update(token).digest('hex');
const verify = (token: string) => around.bus.request(verifyConsoleSession, { sha256: hash(token) });
const link = async () => (await around.bus.request(createSignInLink, { personId })).token;
const byLink = async (more: Partial<InputOf<typeof signInByLink>> = {}) =>
  around.bus.request(signInByLink, { token: await link(), ...more });
const byPassword = (password: string, address = email) =>
  around.bus.request(signInByPassword, { email: address, password });
const give = (password = PASSWORD) => around.bus.request(setPassword, { personId, password });
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
const endedSessions = () =>
  around.events
    .filter(({ subject }) => subject === 'events.auth.consoleSessions.ended')
    .flatMap(({ data }) => (data as { sessions: { sessionId: string; sha256: string }[] }).sessions);

describe('a sign-in link', () => {
  it('opens one session of its person, once, however many come at the same time', async () => {
    const token = await link();
    const opened = await Promise.allSettled(
      Array.from({ length: 5 }, () => around.bus.request(signInByLink, { token })),
    );
    const good = opened.filter((one) => one.status === 'fulfilled');
    expect(good).toHaveLength(1);
    expect(good[0]?.value.holder).toMatchObject({
      person: { id: personId, email },
      session: { signedInBy: 'link', hasPassword: false },
    });
    expect(await verify(String(good[0]?.value.token))).toMatchObject({ keyId: good[0]?.value.holder.keyId });
    expect(await refusal(around.bus.request(signInByLink, { token }))).toMatch(/^link_not_usable/);
  });

  it('is refused when it is unknown or its time has come', async () => {
    expect(await refusal(around.bus.request(signInByLink, { token: 'psl_unknown' }))).toMatch(
      /^link_not_usable/,
    );
    const token = await link();
    await auth.dataSource.query(
      `UPDATE sign_in_links SET expires_at = now() WHERE token_sha256 = '${hash(token)}'`,
    );
    expect(await refusal(around.bus.request(signInByLink, { token }))).toMatch(/^link_not_usable/);
  });

  it('is kept by its hash alone, as the session’s token is', async () => {
    const token = await link();
    const opened = await byLink();
    const rows = JSON.stringify([
      await auth.dataSource.query('SELECT * FROM sign_in_links'),
      await auth.dataSource.query('SELECT * FROM console_sessions'),
    ]);
    expect(rows).toContain(hash(token));
    expect(rows).toContain(hash(opened.token));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(opened.token);
  });
});

describe('a password', () => {
  it('signs its person in, and is kept as argon2id with a salt of its own', async () => {
    await give();
    const { holder } = await byPassword(PASSWORD, ` ${email.toUpperCase()} `);
    expect(holder).toMatchObject({
      person: { id: personId },
      session: { signedInBy: 'password', hasPassword: true },
    });
    const [row] = await auth.dataSource.query<Record<string, unknown>[]>(
      `SELECT hash FROM passwords WHERE person_id = '${personId}'`,
    );
    expect(row?.['hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is answered alike, and after as long, for a wrong one and for an address that nobody has', async () => {
    await give();
    const timed = async (address: string) => {
      const begin = performance.now();
      const words = await refusal(byPassword('wrong horse battery', address));
      return { words, ms: performance.now() - begin };
    };
    const wrong = await timed(email);
    const unknown = await timed(`nobody-${email}`);
    expect(wrong.words).toBe('unauthenticated: The e-mail address or the password is wrong.');
    expect(unknown.words).toBe(wrong.words);
    // A hash costs some twenty milliseconds, and more on a busy machine: without one the answer would be there in two.
    expect(unknown.ms).toBeGreaterThan(8);
  });

  it('may be tried five times, and then after waits that grow, also for an address that nobody has', async () => {
    await give();
    // The first wait is a second, which a busy machine takes for the tries themselves.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    onTestFinished(() => void vi.useRealTimers());
    for (const address of [email, `nobody-${email}`]) {
      const tries = await Promise.all(
        Array.from({ length: 12 }, () => refusal(byPassword('wrong password', address))),
      );
      const counts = (code: string) => tries.filter((words) => words.startsWith(code)).length;
      expect([counts('unauthenticated'), counts('rate_limited')]).toEqual([5, 7]);
    }
    // The right one has to wait as well, and then begins anew.
    expect(await refusal(byPassword(PASSWORD))).toMatch(/^rate_limited/);
    vi.advanceTimersByTime(1_000);
    await byPassword(PASSWORD);
    expect(await refusal(byPassword('wrong password'))).toMatch(/^unauthenticated/);
  });

  it('takes the one before to change, unless its person came by a link a moment ago', async () => {
    await give();
    const change = (more: object) =>
      refusal(around.bus.request(setPassword, { personId, password: 'another horse battery', ...more }));
    expect(await change({})).toMatch(/^forbidden/);
    expect(await change({ current: 'wrong horse battery' })).toMatch(/^unauthenticated/);
    const other = await byPassword(PASSWORD);
    const old = await byLink();
    await auth.dataSource.query(
      `UPDATE console_sessions SET created_at = now() - interval '1 hour' WHERE id = '${old.holder.keyId}'`,
    );
    expect(await change({ sessionId: old.holder.keyId })).toMatch(/^forbidden/);
    const fresh = await byLink();
    expect(await change({ sessionId: fresh.holder.keyId })).toBe('none');
    expect(await refusal(verify(other.token))).toMatch(/^unauthenticated/);
    expect(await verify(fresh.token)).toMatchObject({ session: { hasPassword: true } });
    expect(await refusal(byPassword(PASSWORD))).toMatch(/^unauthenticated/);
    await byPassword('another horse battery');
  });

  it.each([
    ['short', 'too short'],
    ['aaaaaaaaaaaaaaaa', 'of one letter'],
    ['somebody-somebody', 'of their name'],
    ['x'.repeat(201), 'too long'],
  ])('is refused as %s: %s', async (password) => {
    const words = await refusal(give(password));
    expect(words).toMatch(/^invalid_request/);
    expect(words).not.toContain(password);
  });
});

describe('a session of the console', () => {
  it('ends by itself when nobody uses it, and after its longest time', async () => {
    const idle = await byLink();
    const long = await byLink();
    const id = (one: typeof idle) => one.holder.keyId;
    await auth.dataSource.query(`UPDATE console_sessions SET expires_at = now() WHERE id = '${id(idle)}'`);
    expect(await refusal(verify(idle.token))).toMatch(/^unauthenticated/);
    // Use moves the end on, but not past the longest time.
    await auth.dataSource.query(
      `UPDATE console_sessions SET created_at = now() - interval '167 hours' WHERE id = '${id(long)}'`,
    );
    const { expiresAt } = await verify(long.token);
    expect(Date.parse(String(expiresAt)) - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it('ends at once with a changed role and with its person, and tells the gateway', async () => {
    const { token, holder } = await byLink();
    await around.bus.request(updatePerson, { personId, changes: { name: 'Another' } });
    expect(await verify(token)).toMatchObject({ person: { name: 'Another' } });
    await around.bus.request(updatePerson, { personId, changes: { role: 'owner' } });
    expect(await refusal(verify(token))).toMatch(/^unauthenticated/);
    await eventually(() =>
      expect(endedSessions()).toContainEqual({ sessionId: holder.keyId, sha256: hash(token) }),
    );
    const next = await byLink();
    await around.bus.request(deletePerson, { personId });
    expect(await refusal(verify(next.token))).toMatch(/^unauthenticated/);
    await eventually(() =>
      expect(endedSessions()).toContainEqual({ sessionId: next.holder.keyId, sha256: hash(next.token) }),
    );
  });

  it('takes the place of the one that the browser had, and a person has twenty', async () => {
    const first = await byLink({ userAgent: 'Old Browser' });
    const second = await byLink({ replaces: hash(first.token) });
    expect(await refusal(verify(first.token))).toMatch(/^unauthenticated/);
    for (let more = 0; more < 20; more += 1) await byLink();
    expect(await refusal(verify(second.token))).toMatch(/^unauthenticated/);
    const { items } = await around.bus.request(listConsoleSessions, { personId });
    expect(items).toHaveLength(20);
  });

  it('is ended by its person, one or all of them, and nobody else’s is', async () => {
    const mine = await byLink();
    const other = await byLink();
    const somebody = personId;
    ({ id: personId } = await around.bus.request(createPerson, { email: `x-${email}`, name: 'Other' }));
    const theirs = await byLink();
    const end = (id: string, sessionId?: string) =>
      around.bus.request(endConsoleSessions, { personId: id, ...(sessionId && { sessionId }) });
    expect(await refusal(end(somebody, theirs.holder.keyId))).toMatch(/^not_found/);
    await end(somebody, mine.holder.keyId);
    expect(await refusal(verify(mine.token))).toMatch(/^unauthenticated/);
    await verify(other.token);
    await end(somebody);
    expect(await refusal(verify(other.token))).toMatch(/^unauthenticated/);
    await verify(theirs.token);
  });
});
