import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ApiError, Patchbay, type Answer } from '@patchbay/client';
import { openInBrowser } from '../browser.js';
import type { Cli } from '../cli.js';
import { CliError, UsageError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import {
  credentialOf,
  DEFAULT_PROFILE,
  isInTheClear,
  type KeyKind,
  type Profile,
} from '../settings/index.js';

const ASK_EVERY_MS = 1_000;
const KINDS: [prefix: string, kind: KeyKind][] = [
  ['uak_', 'person'],
  ['oak_', 'organisation'],
];

export function addSignIn(program: CommandUnknownOpts, cli: Cli): void {
  program
    .command('login')
    .description('Sign in on a page of the platform; the sign-in is kept as a profile.')
    .option('--with-key', 'take a key from standard input instead')
    .option('--no-browser', 'open no browser: only print the address')
    .action(async ({ withKey, browser }) => login(cli, { withKey: withKey ?? false, browser }));
  program
    .command('logout')
    .description('Forget the sign-in, and revoke the key that it made.')
    .action(async () => logout(cli));
  program
    .command('whoami')
    .description('Say who you are signed in as, and where.')
    .action(async () => whoami(cli));
}

async function login(cli: Cli, { withKey, browser }: { withKey: boolean; browser: boolean }): Promise<void> {
  const { baseUrl } = await cli.caller();
  const name = cli.where.profile ?? (cli.env['PATCHBAY_PROFILE'] || DEFAULT_PROFILE);
  if (isInTheClear(baseUrl))
    cli.output.note(
      `${baseUrl} is not encrypted: whoever is on the way reads the key. Use https:// where you can.`,
    );
  const kept = withKey ? await givenKey(cli, baseUrl) : await keyByBrowser(cli, baseUrl, browser);
  const profile: Profile = { baseUrl, ...kept };
  const patchbay = new Patchbay({ baseUrl, ...credentialOf(profile) });
  const who = await describe(patchbay, profile, cli.signal);
  if (profile.kind === 'person' && who.email !== undefined) profile.email = who.email;
  await cli.config.change((config) => {
    config.current = name;
    config.profiles[name] = profile;
  });
  if (cli.output.json) return cli.output.value({ profile: name, base_url: baseUrl, ...who });
  cli.output.write(`Signed in at ${baseUrl} as ${whoIsThat(who)}, kept as the profile ${name}.`);
  if (cli.env['PATCHBAY_API_KEY'] || cli.env['PATCHBAY_USER_API_KEY'])
    cli.output.note('Keys in the environment come first: unset them, or use --profile.');
}

/** Shows the page, and waits until somebody has signed this command line in there. */
async function keyByBrowser(
  cli: Cli,
  baseUrl: string,
  browser: boolean,
): Promise<Pick<Profile, 'kind' | 'key' | 'isMadeHere'>> {
  const patchbay = new Patchbay({ baseUrl, anonymous: true });
  const { signal } = cli;
  const begun = await patchbay.request('createCliSession', {
    body: { scope: 'user', source: `patchbay on ${hostname()}` },
    signal,
  });
  const page = `${baseUrl}/cli?cliKey=${begun.id}`;
  cli.output.note(
    `Open this page and sign in there with your user key:\n\n  ${page}\n\nIt shows the code ${begun.code}.`,
  );
  if (browser && cli.surroundings.stderr.isTTY) openInBrowser(page, cli.env);
  const until = Date.parse(begun.expiresAt);
  while (Date.now() < until) {
    await pause(ASK_EVERY_MS, undefined, { signal });
    const { api_key: key } = await collect(patchbay, begun.id, signal);
    if (key !== null) return { kind: 'person', key, isMadeHere: true };
  }
  throw new CliError('Nobody signed in within the time that there was.', 'Run `patchbay login` again.');
}

async function collect(
  patchbay: Patchbay,
  id: string,
  signal: AbortSignal,
): Promise<Answer<'getCliSession'>> {
  try {
    return await patchbay.request('getCliSession', { query: { id }, signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new CliError(
      'The sign-in is over, and gave no key.',
      'Run `patchbay login` again.',
      ExitCode.notAllowed,
      {
        cause: error,
      },
    );
  }
}

async function givenKey(cli: Cli, baseUrl: string): Promise<Pick<Profile, 'kind' | 'key'>> {
  const { stdin } = cli.surroundings;
  if (stdin.isTTY) cli.output.note(`Paste a key for ${baseUrl}, then Ctrl-D:`);
  const key = (await text(stdin)).trim();
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new UsageError('Standard input holds no key.', 'For example: patchbay login --with-key < key.txt');
  return { key, kind: KINDS.find(([prefix]) => key.startsWith(prefix))?.[1] ?? 'project' };
}

async function logout(cli: Cli): Promise<void> {
  const { profileName, profile } = await cli.caller();
  if (!profile) throw new CliError('You are not signed in.', undefined, ExitCode.notAllowed);
  const revoked = await revoke(profile, cli);
  await cli.config.change((config) => {
    delete config.profiles[profileName];
    const [another] = Object.keys(config.profiles);
    if (config.current === profileName) config.current = another ?? DEFAULT_PROFILE;
  });
  if (cli.output.json) return cli.output.value({ profile: profileName, base_url: profile.baseUrl, revoked });
  cli.output.write(
    `Signed out of ${profile.baseUrl}: the profile ${profileName} is forgotten${revoked ? ', and its key revoked' : ''}.`,
  );
}

/** A key that was given by hand may be in use elsewhere, and stays. */
async function revoke(profile: Profile, cli: Cli): Promise<boolean> {
  if (!profile.isMadeHere) return false;
  const patchbay = new Patchbay({ baseUrl: profile.baseUrl, ...credentialOf(profile) });
  try {
    const { key_id: keyId } = await patchbay.request('getMe', { signal: cli.signal });
    await patchbay.request('revokeOwnKey', { path: { keyId }, signal: cli.signal });
    return true;
  } catch (error) {
    // A key that is not taken any more needs no end.
    if (error instanceof ApiError && error.status === 401) return true;
    cli.signal.throwIfAborted();
    cli.output.note(`The key could not be revoked and stays good: ${(error as Error).message}.`);
    return false;
  }
}

/** Who a key is of, and where it works. */
interface Who {
  kind: KeyKind;
  email?: string;
  name?: string;
  role?: string | null;
  organisation?: string;
  project?: { id: string; name: string } | null;
  key_ends_at?: string | null;
}

async function describe(patchbay: Patchbay, { kind }: { kind: KeyKind }, signal: AbortSignal): Promise<Who> {
  if (kind === 'organisation') {
    await patchbay.request('listProjects', { query: { limit: 1 }, signal });
    return { kind };
  }
  const { project } = await patchbay.request('getCurrentProject', { signal });
  const where = { project: project && { id: project.id, name: project.name } };
  if (kind === 'project') return { kind, ...where };
  const {
    email,
    name,
    role,
    organisation,
    keys,
    key_id: keyId,
  } = await patchbay.request('getMe', { signal });
  const endsAt = keys.find(({ id }) => id === keyId)?.expires_at ?? null;
  return { kind, email, name, role, organisation: organisation.name, ...where, key_ends_at: endsAt };
}

function whoIsThat({ kind, email, project }: Who): string {
  if (kind === 'person') return String(email);
  return kind === 'project' ? `the project ${project?.name}` : 'the organisation';
}

async function whoami(cli: Cli): Promise<void> {
  const caller = await cli.caller();
  const [key] = caller.keys;
  const purpose = key?.kind === 'project' ? 'project' : 'administration';
  // A person is who they are in whatever project.
  const patchbay = await cli.client(purpose);
  const who = await describe(patchbay, { kind: key?.kind ?? 'person' }, cli.signal);
  const { baseUrl, profileName } = caller;
  cli.output.details(
    { base_url: baseUrl, signed_in_by: key?.source.replace(/^The /, 'the '), ...who },
    {
      Address: () => baseUrl,
      As: () => whoIsThat(who),
      Name: () => who.name,
      Role: () => who.role ?? undefined,
      Organisation: () => who.organisation,
      Project: () => who.project && `${who.project.name} (${who.project.id})`,
      'Key from': () => (key?.source.startsWith('PATCHBAY') ? key.source : `the profile ${profileName}`),
      'Key ends': () => who.key_ends_at,
    },
  );
}
