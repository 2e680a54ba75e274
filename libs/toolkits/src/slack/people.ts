import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { call, cursor, flag, limit, Ok, Page, user } from './fields.js';
import { findInPages } from './find-in-pages.js';

const Person = z.looseObject({ id: z.string(), name: z.string().optional() });

const words = ({ name, real_name, profile }: Record<string, unknown>): string[] => {
  const { email, display_name } = (profile ?? {}) as Record<string, unknown>;
  return [name, real_name, email, display_name].filter((text): text is string => typeof text === 'string');
};

export const peopleTools: ToolSpec[] = [
  requestTool({
    slug: 'SLACK_LIST_ALL_USERS',
    name: 'List all users',
    description: 'Lists the people and bots of the workspace.',
    input: z.object({
      include_locale: flag("each person's language is told"),
      limit: limit('People').default(100),
      cursor,
    }),
    output: Page.extend({ members: z.array(Person) }),
    covers: ['GET /users.list'],
    tags: ['important', 'readOnlyHint'],
    scopes: ['users:read'],
    request: (given) => call('users.list', given),
  }),
  functionTool({
    slug: 'SLACK_FIND_USERS',
    name: 'Find users',
    description: 'Finds people by a part of their name, display name or e-mail address.',
    input: z.object({
      search_query: z.string().min(1).describe('Part of a name or address.'),
      exact_match: z.boolean().default(false).describe('Whether it must be the whole name or address.'),
      include_bots: z.boolean().default(false).describe('Whether bots count too.'),
      include_deleted: z.boolean().default(false).describe('Whether people who left count too.'),
      include_restricted: z.boolean().default(true).describe('Whether guests count too.'),
      limit: z.int().min(1).max(200).default(50).describe('People at most.'),
    }),
    output: z.object({
      users: z.array(Person),
      total_users_searched: z.int(),
      next_cursor: z.string().optional().describe('Where the search stopped, if not at the end.'),
    }),
    tags: ['readOnlyHint'],
    scopes: ['users:read', 'users:read.email'],
    run: async ({ search_query, exact_match, limit: most, ...include }, { http }) => {
      const { found, searched, next } = await findInPages(http, {
        method: 'users.list',
        list: 'members',
        fields: {},
        most,
        query: search_query.replace(/^@/, ''),
        exact: exact_match,
        words,
        accepts: (person) =>
          (include.include_bots || person['is_bot'] !== true) &&
          (include.include_deleted || person['deleted'] !== true) &&
          (include.include_restricted || person['is_restricted'] !== true),
      });
      return { users: found as z.output<typeof Person>[], total_users_searched: searched, next_cursor: next };
    },
  }),
  requestTool({
    slug: 'SLACK_FIND_USER_BY_EMAIL_ADDRESS',
    name: 'Find user by email address',
    description: 'Finds the person of an e-mail address.',
    input: z.object({ email: z.string().min(3).describe('The address.') }),
    output: Ok.extend({ user: Person.optional() }),
    covers: ['GET /users.lookupByEmail'],
    tags: ['readOnlyHint'],
    scopes: ['users:read.email'],
    request: (given) => call('users.lookupByEmail', given),
  }),
  requestTool({
    slug: 'SLACK_RETRIEVE_DETAILED_USER_INFORMATION',
    name: 'Retrieve detailed user information',
    description: 'Tells what is known of a person: names, time zone, title, picture, rights.',
    input: z.object({ user, include_locale: flag('the language is told') }),
    output: Ok.extend({ user: Person.optional() }),
    covers: ['GET /users.info'],
    tags: ['readOnlyHint'],
    scopes: ['users:read'],
    request: (given) => call('users.info', given),
  }),
  requestTool({
    slug: 'SLACK_SET_STATUS',
    name: 'Set status',
    description: "Sets the account's status: an emoji and a few words, until a time if wanted.",
    input: z.object({
      status_text: z.string().max(100).describe('The words; empty takes the status off.'),
      status_emoji: z.string().optional().describe('The emoji, such as :palm_tree:.'),
      status_expiration: z.int().min(0).optional().describe('Until when, in seconds since 1970; 0 for ever.'),
    }),
    output: Ok,
    tags: ['idempotentHint'],
    scopes: ['users.profile:write'],
    token: 'user',
    request: (profile) => call('users.profile.set', { profile: JSON.stringify(profile) }),
  }),
];
