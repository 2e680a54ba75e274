import type { Credential } from '@patchbay/client';
import { CliError, UsageError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import type { Config, KeyKind, Profile } from './config-file.js';

export const DEFAULT_URL = 'http://localhost:3000';

/** What is said on the command line of where and as whom a command works. */
export interface Where {
  url?: string | undefined;
  profile?: string | undefined;
  project?: string | undefined;
}

/** A key, and where it comes from. */
export interface Key {
  kind: KeyKind;
  key: string;
  source: string;
}

/** Where a command is sent, and with what. */
export interface Caller {
  baseUrl: string;
  /** Whether somebody named the address, by itself or by a sign-in there. */
  isGiven: boolean;
  profileName: string;
  /** The sign-in in use; undefined when there is none, or it is for another address. */
  profile: Profile | undefined;
  /** Keys that may be sent there, the one to prefer first. */
  keys: Key[];
}

/** What a command is about: the things of a project, or projects, keys and people. */
export type Purpose = 'project' | 'administration';

const TAKEN: Record<Purpose, readonly KeyKind[]> = {
  project: ['project', 'person'],
  administration: ['person', 'organisation'],
};

/**
 * The environment comes before what is kept, and a profile that is named before both. A kept key goes to no other address than
 * the one that it was made at.
 */
export function callerOf(where: Where, config: Config, env: NodeJS.ProcessEnv): Caller {
  const named = where.profile ?? (env['PATCHBAY_PROFILE'] || undefined);
  const isExplicit = where.profile !== undefined;
  const given = isExplicit ? undefined : (where.url ?? (env['PATCHBAY_URL'] || undefined));
  const kept = config.profiles[named ?? config.current];
  const baseUrl = addressOf(given ?? kept?.baseUrl ?? DEFAULT_URL);
  const isThere = ([name, profile]: [string, Profile]) =>
    profile.baseUrl === baseUrl && (named === undefined || name === named);
  const [profileName = named ?? config.current, profile] =
    kept?.baseUrl === baseUrl
      ? [named ?? config.current, kept]
      : (Object.entries(config.profiles).find(isThere) ?? []);
  const keys = [
    ...(isExplicit ? [] : environmentKeys(env)),
    ...(profile ? [{ kind: profile.kind, key: profile.key, source: `The profile ${profileName}` }] : []),
  ];
  return { baseUrl, isGiven: (given ?? kept) !== undefined, profileName, profile, keys };
}

/** @throws UsageError for what is no address of a web server */
export function addressOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`"${text}" is no address.`, 'It begins with https:// or http://.');
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** Whether it is this machine. */
export function isLoopback(address: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);
}

/** Whether whoever is on the way can read what is sent. */
export function isInTheClear(address: string): boolean {
  return new URL(address).protocol === 'http:' && !isLoopback(address);
}

/**
 * The key for a purpose.
 * @param isElsewhere when a project was named that a project's own key may not reach
 * @throws CliError when there is none
 */
export function keyFor(caller: Caller, purpose: Purpose, isElsewhere = false): Key {
  const taken = TAKEN[purpose].filter((kind) => !(isElsewhere && kind === 'project'));
  // From the environment they come in the order of preference, and the profile's behind them.
  const key = caller.keys.find(({ kind }) => taken.includes(kind));
  if (key) return key;
  const [other] = caller.keys;
  if (!other)
    throw new CliError(
      `You are not signed in at ${caller.baseUrl}.`,
      'Run `patchbay login`, or set PATCHBAY_API_KEY or PATCHBAY_USER_API_KEY.',
      ExitCode.notAllowed,
    );
  throw new CliError(
    `${other.source} is the key of ${OWNERS[other.kind]}, and this takes that of ${taken.map((kind) => OWNERS[kind]).join(' or ')}.`,
    'Sign in as a person with `patchbay login`, or set PATCHBAY_USER_API_KEY.',
    ExitCode.notAllowed,
  );
}

/** How the client is given a key. */
export function credentialOf(
  { kind, key }: Pick<Key, 'kind' | 'key'>,
  project?: Profile['project'],
): Credential {
  if (kind === 'project') return { apiKey: key };
  if (kind === 'organisation') return { organisationApiKey: key };
  return {
    userApiKey: key,
    ...(project && { organisationId: project.organisationId, projectId: project.id }),
  };
}

function environmentKeys(env: NodeJS.ProcessEnv): Key[] {
  const named = (kind: KeyKind, name: string) => (env[name] ? [{ kind, key: env[name], source: name }] : []);
  return [
    ...named('project', 'PATCHBAY_API_KEY'),
    ...named('person', 'PATCHBAY_USER_API_KEY'),
    ...named('organisation', 'PATCHBAY_ORG_API_KEY'),
  ];
}

const OWNERS: Record<KeyKind, string> = {
  project: 'a project',
  person: 'a person',
  organisation: 'the organisation',
};
