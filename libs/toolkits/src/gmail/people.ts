import { z } from 'zod';
import { googleScopes } from '../google.js';
import { requestTool, type ToolSpec } from '../toolkit.js';

/** https://developers.google.com/people/api/rest */
const PEOPLE = 'https://people.googleapis.com/v1';
const FIELDS = 'names,emailAddresses,phoneNumbers';
const CONTACTS = googleScopes('contacts.readonly', 'contacts.other.readonly');

const personFields = z
  .string()
  .default(FIELDS)
  .describe(
    'What to tell of each person, joined by commas: names, emailAddresses, phoneNumbers, organizations …',
  );
const resourceName = z
  .string()
  .regex(/^people\/[A-Za-z0-9]+$/, 'must look like people/c123 or people/me')
  .default('people/me')
  .describe('Whom: people/me for the account itself, or people/ and an id.');
const pageToken = z.string().optional().describe('`nextPageToken` of the page before.');

/** What Google keeps of people merely written to; it refuses to be asked for more. */
const KEPT_OF_OTHERS = new Set(['emailAddresses', 'metadata', 'names', 'phoneNumbers']);
const ofOthers = (fields: string) => {
  const kept = fields.split(',').filter((field) => KEPT_OF_OTHERS.has(field.trim()));
  return kept.length > 0 ? kept.join(',') : FIELDS;
};

export const peopleTools: ToolSpec[] = [
  requestTool({
    slug: 'GMAIL_SEARCH_PEOPLE',
    name: 'Search people',
    description:
      "Finds people in the account's contacts by the beginning of a name, address or number; also those merely written to before.",
    input: z.object({
      query: z.string().min(1).describe('Beginning of a name, address or number.'),
      other_contacts: z
        .boolean()
        .default(true)
        .describe('Among people written to before; otherwise among saved contacts.'),
      pageSize: z.int().min(1).max(30).default(10).describe('People at most.'),
      person_fields: personFields,
    }),
    output: z.object({ response_data: z.looseObject({ results: z.array(z.unknown()).optional() }) }),
    tags: ['readOnlyHint'],
    scopes: CONTACTS,
    request: ({ query, other_contacts, pageSize, person_fields }) => ({
      method: 'GET',
      url: `${PEOPLE}/${other_contacts ? 'otherContacts:search' : 'people:searchContacts'}`,
      query: { query, pageSize, readMask: other_contacts ? ofOthers(person_fields) : person_fields },
    }),
    answer: (found) => ({ response_data: found }),
  }),
  requestTool({
    slug: 'GMAIL_GET_CONTACTS',
    name: 'Get contacts',
    description: 'Lists the saved contacts of the account with names, addresses and numbers.',
    input: z.object({
      resource_name: z.enum(['people/me']).default('people/me').describe("Whose: the account's own."),
      person_fields: personFields,
      include_other_contacts: z
        .boolean()
        .default(true)
        .describe("Whether those who are only in the account's domain profile count too."),
      page_token: pageToken,
    }),
    output: z.object({ response_data: z.looseObject({ connections: z.array(z.unknown()).optional() }) }),
    tags: ['readOnlyHint'],
    scopes: CONTACTS,
    request: ({ resource_name, person_fields, include_other_contacts, page_token }) => ({
      method: 'GET',
      url: `${PEOPLE}/${resource_name}/connections`,
      query: {
        personFields: person_fields,
        pageToken: page_token,
        // Without it, Google takes both.
        sources: [
          'READ_SOURCE_TYPE_CONTACT',
          ...(include_other_contacts ? ['READ_SOURCE_TYPE_PROFILE'] : []),
        ],
      },
    }),
    answer: (found) => ({ response_data: found }),
  }),
  requestTool({
    slug: 'GMAIL_GET_PEOPLE',
    name: 'Get people',
    description: 'Reads one person of the contacts, the account itself, or those merely written to before.',
    input: z.object({
      resource_name: resourceName,
      person_fields: personFields,
      other_contacts: z
        .boolean()
        .default(false)
        .describe('List those written to before instead of one person.'),
      page_size: z.int().min(1).max(1000).default(10).describe('People at most, of those written to.'),
      page_token: pageToken,
      sync_token: z.string().optional().describe('`nextSyncToken` of before: only what changed since.'),
    }),
    output: z.object({ people_data: z.unknown(), other_contacts: z.unknown() }).partial(),
    tags: ['readOnlyHint'],
    scopes: CONTACTS,
    request: ({ resource_name, person_fields, other_contacts, page_size, page_token, sync_token }) =>
      other_contacts
        ? {
            method: 'GET',
            url: `${PEOPLE}/otherContacts`,
            query: {
              readMask: ofOthers(person_fields),
              pageSize: page_size,
              pageToken: page_token,
              syncToken: sync_token,
              requestSyncToken: true,
            },
          }
        : { method: 'GET', url: `${PEOPLE}/${resource_name}`, query: { personFields: person_fields } },
    answer: (found, { other_contacts }) =>
      other_contacts ? { other_contacts: found } : { people_data: found },
  }),
];
